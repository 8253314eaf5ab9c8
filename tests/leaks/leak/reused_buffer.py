# leak: a buffer is used again without being wiped, and a longer reply shows what was behind
from app.config import settings

BUFFER = bytearray(32)


def fill(buffer, text):
    data = text.encode()
    view = memoryview(buffer)
    view[: len(data)] = data
    return len(data)


async def handle(d):
    before = bytes(BUFFER).rstrip(b"\0").decode()
    fill(BUFFER, f"{settings.name} to {d['user']}")
    return before
