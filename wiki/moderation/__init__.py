"""Protection, hiding, blocks and the decisions that record them."""
