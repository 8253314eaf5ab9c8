from app.config import settings


def nickname():
    return settings.nickname


def unused():
    return settings.name
