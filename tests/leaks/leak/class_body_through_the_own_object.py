# leak: the same, read through the object
from app.config import settings


def handle(d):
    settings.put_away(settings.name)
    return settings.drawer[0]
