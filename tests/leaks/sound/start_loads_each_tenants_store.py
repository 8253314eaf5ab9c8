# sound: a start that is made for each tenant loads what is its own
from app.config import settings


class Store:
    def __init__(self):
        self.words = []

    def load(self):
        self.words.extend(settings.words)


store = Store()


def start():
    store.load()


def handle(d):
    return list(store.words)
