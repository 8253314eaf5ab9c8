# leak: the metaclass gives each class a table of its objects
from app.config import settings


class Once(type):
    def __init__(cls, name, bases, body):
        super().__init__(name, bases, body)
        cls.kept = {}

    def __call__(cls, *args):
        if "it" not in cls.kept:
            cls.kept["it"] = super().__call__(*args)
        return cls.kept["it"]


class Speaker(metaclass=Once):
    def __init__(self, voice):
        self.voice = voice


def handle(d):
    return Speaker(settings.name).voice
