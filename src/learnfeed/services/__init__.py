"""What the app and the command line can ask for."""
