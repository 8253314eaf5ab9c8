# leak: a metaclass that keeps one instance a class
from app.config import settings


class Single(type):
    _instances = {}

    def __call__(cls, *args, **kwargs):
        if cls not in cls._instances:
            cls._instances[cls] = super().__call__(*args, **kwargs)
        return cls._instances[cls]


class Service(metaclass=Single):
    def __init__(self):
        self.name = settings.name


def handle(d):
    return Service().name
