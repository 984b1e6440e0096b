"""What the operator does: set up, serve, rebuild, back up and restore, show a demo."""
