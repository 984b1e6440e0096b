"""Pages, revisions, texts and links: the one truth everything else is copied from."""
