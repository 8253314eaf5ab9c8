# leak: a closure of the module counts in a nonlocal
from app.config import settings


def make():
    first = None

    def remember(value):
        nonlocal first
        first = first or value
        return first

    return remember


remember = make()


def handle(d):
    return remember(settings.name)
