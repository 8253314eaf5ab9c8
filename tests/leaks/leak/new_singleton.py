# leak: __new__ keeps the instance
from app.config import settings


class Service:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.name = settings.name
        return cls._instance


def handle(d):
    return Service().name
