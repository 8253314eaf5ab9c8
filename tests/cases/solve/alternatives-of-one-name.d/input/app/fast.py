from app.config import settings


def encode(raw):
    return settings.key
