"""Polyphony: a wiki for partnerships that shows whose voice is represented."""
