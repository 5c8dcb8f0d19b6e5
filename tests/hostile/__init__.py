"""Text that wants to act: at each door it is let in as data, at each exit it comes out as text."""
