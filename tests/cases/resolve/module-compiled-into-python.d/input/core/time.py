from app.config import settings


def sleep():
    return settings.pause
