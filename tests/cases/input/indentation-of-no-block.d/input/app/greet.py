from app.config import settings


def greet(name):
    return settings.name + name
