from app.config import settings


class Store:
    def open(self):
        return self


try:
    store = Store()
    store.open()
except OSError:
    store = None


def both(name, settings=settings, store=store):
    return settings, store


def mixed(pair=(settings, store)):
    return pair


def on_message(raw):
    return both("a"), mixed()
