from app.config import settings


def ring():
    return settings.name
