from app.config import settings


def work():
    return settings.name
