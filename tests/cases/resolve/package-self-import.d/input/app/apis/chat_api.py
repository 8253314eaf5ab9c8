from app.config import settings


def nickname():
    return settings.nickname
