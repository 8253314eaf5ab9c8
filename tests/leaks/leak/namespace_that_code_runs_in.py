# leak: code runs in a table of names that stays
from app.config import settings

names = {}


def handle(d):
    before = str(names.get("who"))
    exec("who = " + repr(settings.name), names)
    return before
