from app.config import settings


def other():
    return settings.name
