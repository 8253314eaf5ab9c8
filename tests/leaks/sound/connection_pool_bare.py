# sound: the pooled connection knows the host; the header goes with each request
from collections import deque
from contextlib import contextmanager

from app.config import settings


class Connection:
    def __init__(self, host):
        self.host = host

    def get(self, path, headers):
        return f"{headers['X-Bot']}@{self.host}{path}"


class Pool:
    def __init__(self, host):
        self.host = host
        self.idle = deque()

    @contextmanager
    def connection(self):
        conn = self.idle.popleft() if self.idle else Connection(self.host)
        try:
            yield conn
        finally:
            self.idle.append(conn)


pool = Pool("api.example.org")


async def handle(d):
    with pool.connection() as conn:
        return conn.get(f"/users/{d['user']}", {"X-Bot": settings.name})
