from app.config import settings as default_settings


def greet(name):
    return f"{name}, I am {default_settings.name}"


def on_message(raw):
    return greet(raw["sender"])
