"""What somebody typed and has not saved: theirs alone, kept until they save it or let it go."""
