from app.config import settings


def f():
    return settings.x
