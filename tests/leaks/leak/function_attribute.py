# leak: an attribute of the function
from app.config import settings


def greeting():
    if not hasattr(greeting, "text"):
        greeting.text = settings.name
    return greeting.text


def handle(d):
    return greeting()
