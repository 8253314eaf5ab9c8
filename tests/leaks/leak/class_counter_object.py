# leak: an object that a class body made
from app.config import settings


class Store:
    def __init__(self):
        self.value = None


class Handler:
    store = Store()

    def run(self):
        if self.store.value is None:
            self.store.value = settings.name
        return self.store.value


def handle(d):
    return Handler().run()
