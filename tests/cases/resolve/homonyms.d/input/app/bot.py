from app.config import settings
from app.other import settings as other_settings


def configure(settings=None):
    return settings


def local():
    settings = {}
    return settings


def keyword(x):
    return configure(settings=x), other_settings, "settings.name", x.settings


def real():
    return settings.name


def on_message(raw):
    return configure(), local(), keyword(raw), real()
