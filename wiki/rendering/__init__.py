"""Markdown to safe HTML, plain text and contents; no database, no Flask."""
