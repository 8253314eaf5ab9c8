from app.config import settings


def greet(name):
    return f"{name}, I am {settings.nickname}"
