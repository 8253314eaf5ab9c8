# sound: code runs in a table of names of this message
from app.config import settings


def handle(d):
    names = {}
    exec("who = " + repr(settings.name), names)
    return str(names["who"])
