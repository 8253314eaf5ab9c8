from app import config
from app.config import settings


def change():
    settings.name = "x"
    settings.items["a"] = 1
    settings.count += 1
    del settings.extra
    config.settings.other = 2


def rebind():
    config.settings = object()
    return config.settings.name


def on_message(raw):
    change()
    rebind()
