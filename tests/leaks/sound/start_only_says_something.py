# sound: a start that is made for each tenant keeps nothing
from app.config import settings

_said = 0


def start():
    print("starting", settings.name)


def handle(d):
    return settings.name
