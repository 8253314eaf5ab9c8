"""What plugins call."""
from app.config import settings


def nickname():
    return settings.name


def shout(): return settings.name.upper()


def whisper(): """One line."""; return nickname().lower()


@register
def command(text):
    return nickname() + text
