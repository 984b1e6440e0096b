"""The journey of a reader: page, history, diff, recent changes."""
