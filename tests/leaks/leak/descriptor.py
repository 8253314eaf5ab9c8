# leak: a descriptor that keeps for all owners
from app.config import settings


class Cached:
    def __init__(self):
        self.value = None

    def __get__(self, instance, owner):
        if self.value is None:
            self.value = settings.name
        return self.value


class Page:
    title = Cached()


def handle(d):
    return Page().title
