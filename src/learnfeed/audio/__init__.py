"""Speech by programs of this machine."""
