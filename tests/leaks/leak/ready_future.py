# leak: a future is set once
from concurrent.futures import Future

from app.config import settings

identity = Future()


def identify():
    if not identity.done():
        identity.set_result({"name": settings.name})
    return identity.result(timeout=1)


async def handle(d):
    return f"{identify()['name']} answers {d['user']}"
