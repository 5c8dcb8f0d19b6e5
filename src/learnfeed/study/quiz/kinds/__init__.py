"""One module per quiz kind."""
