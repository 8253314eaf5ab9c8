# leak: dict.setdefault, the method of the class
from app.config import settings

_names = {}


def handle(d):
    return dict.setdefault(_names, "n", settings.name)
