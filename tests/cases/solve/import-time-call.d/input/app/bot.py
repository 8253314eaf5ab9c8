from app.config import settings


def load():
    return settings.name


def both():
    return settings.name


NAME = load()
OTHER = both()


def on_message(raw):
    return both()
