from app.config import settings


def name():
    return settings.name
