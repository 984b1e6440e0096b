"""What a save does, in order; publish, revert, delete."""
