from app.config import settings


def name():
    return settings.name


def on_message(raw):
    return name()