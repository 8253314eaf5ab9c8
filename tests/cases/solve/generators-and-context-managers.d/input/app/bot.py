from contextlib import asynccontextmanager, contextmanager

from app.config import settings


def numbers():
    """Numbers."""
    yield settings.first
    yield settings.second


@contextmanager
def opened():
    yield settings.file


@asynccontextmanager
async def connected():
    yield settings.host


async def on_message(raw):
    for n in numbers():
        print(n)
    with opened() as f:
        f.write(raw)
    async with connected() as c:
        await c.send(raw)
