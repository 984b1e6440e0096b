"""Who speaks: voices of a page, passages in the text, consent, the panel, the silence ledger."""
