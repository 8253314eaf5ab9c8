# leak: a decorator that makes a class a singleton
from app.config import settings


def singleton(cls):
    made = {}

    def get(*args):
        if cls not in made:
            made[cls] = cls(*args)
        return made[cls]

    return get


@singleton
class Service:
    def __init__(self):
        self.name = settings.name


def handle(d):
    return Service().name
