"""Who wrote each word: the provenance engine, its stored spans, and the questions about them."""
