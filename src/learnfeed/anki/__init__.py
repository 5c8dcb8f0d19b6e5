"""Anki decks, both ways."""
