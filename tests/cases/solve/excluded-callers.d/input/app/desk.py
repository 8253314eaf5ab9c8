from app.config import settings
from app.store import store


def take(order):
    return store.put(order)


def passed():
    return settings.name


def inner():
    return settings.name


class Clerk:
    def sell(self, order):
        return take(order)


class Plain:
    def deal(self):
        return settings.name
