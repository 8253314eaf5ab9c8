from app.config import settings


def greet(name):
    return f"{name.get("id", "")} {settings.name}"


def on_message(raw):
    return greet(raw)
