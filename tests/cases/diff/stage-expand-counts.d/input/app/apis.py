"""What plugins call."""
from app.config import settings


def nickname():
    return settings.name


def shout(): return settings.name.upper()


class Client:
    """Is made by plugins, too."""

    def name(self):
        return settings.name
