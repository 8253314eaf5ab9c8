# leak: the arguments of an error, by the constructor of its base called by name
from app.config import settings

SAID = []


class Failed(ValueError):
    def __init__(self, key):
        ValueError.__init__(self, key, settings.name)


def handle(d):
    SAID.append(Failed(d["text"]).args[1])
    return list(SAID)
