from app.config import settings


def greet():
    return settings.hello
