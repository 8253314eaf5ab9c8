# sound: a dictionary of the call
from app.config import settings


def handle(d):
    names = {}
    names[d["user"]] = settings.name
    return names[d["user"]]
