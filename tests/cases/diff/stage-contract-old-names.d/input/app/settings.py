"""Asks for an old name by a string."""
READERS = {"cache": "app.mood.moods"}
