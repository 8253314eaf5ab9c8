# leak: pooled sessions come back from the pool with what the last borrower left in them
import contextlib
import queue

from app.config import settings


class Session:
    def __init__(self):
        self.headers = {}

    def get(self, path):
        return {"path": path, "headers": dict(self.headers)}


class Pool:
    def __init__(self, size):
        self._free = queue.LifoQueue()
        for _ in range(size):
            self._free.put(Session())

    @contextlib.contextmanager
    def session(self):
        session = self._free.get()
        try:
            yield session
        finally:
            self._free.put(session)


pool = Pool(2)


def handle(d):
    with pool.session() as session:
        session.headers["X-Seen-" + settings.name] = "1"
        return session.get("/" + d["text"])
