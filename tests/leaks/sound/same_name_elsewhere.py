# sound: a local with the name of a module's dictionary
from app.config import settings

cache = {}


def handle(d):
    cache = {}
    cache["name"] = settings.name
    return cache["name"]
