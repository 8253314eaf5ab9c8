# leak: a connection of the pool keeps the header that it was opened with
from collections import deque
from contextlib import contextmanager

from app.config import settings


class Connection:
    def __init__(self, host, headers):
        self.host = host
        self.headers = headers

    def get(self, path):
        return f"{self.headers['X-Bot']}@{self.host}{path}"


class Pool:
    def __init__(self, host):
        self.host = host
        self.idle = deque()

    @contextmanager
    def connection(self):
        conn = self.idle.popleft() if self.idle else Connection(self.host, {"X-Bot": settings.name})
        try:
            yield conn
        finally:
            self.idle.append(conn)


pool = Pool("api.example.org")


async def handle(d):
    with pool.connection() as conn:
        return conn.get(f"/users/{d['user']}")
