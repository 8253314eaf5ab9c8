from app.config import settings


def name(x):
    return settings.name + x


def on_message(raw):
    return name(raw)
