# sound: the buffer that lasts is copied before it is written to
from app.config import settings

BLANK = bytearray(b"." * 16)


def fill(text):
    buffer = bytearray(BLANK)
    data = text.encode()
    memoryview(buffer)[: len(data)] = data
    return buffer.decode()


async def handle(d):
    return fill(f"{settings.name} {d['text']}"), BLANK.decode()
