# BAD one
from config import settings


def greet(name):
    return settings.hello + name


def on_message(raw):
    return greet(raw["name"])
