# leak: objects of a pool, lent with pop() and given back with append()
from app.config import settings


class Client:
    def __init__(self):
        self.name = None

    def ask(self):
        if self.name is None:
            self.name = settings.name
        return self.name


_pool = [Client()]


def handle(d):
    client = _pool.pop()
    try:
        return client.ask()
    finally:
        _pool.append(client)
