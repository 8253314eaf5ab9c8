# leak: getattr gives the method that keeps it
from app.config import settings

_names = []


def handle(d):
    getattr(_names, "append")(settings.name)
    return _names[0]
