# leak: what an error says is kept; the text went to the constructor of a class of the language
from app.config import settings


class Failed(Exception):
    def __init__(self, key):
        super().__init__(settings.name + key)


def told(key):
    try:
        raise Failed(key)
    except Failed as error:
        return str(error)


def memo(key, known={}):
    if key not in known:
        known[key] = told(key)
    return known[key]


def handle(d):
    return memo(d["text"])
