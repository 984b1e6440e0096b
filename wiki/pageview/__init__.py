"""All that a page shows to one viewer, as one dataclass."""
