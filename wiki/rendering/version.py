"""What stored renderings are marked with, for those who look them up and never render."""

RENDERER_VERSION = "4"  # change it with every change of the output: stored pages are made again
