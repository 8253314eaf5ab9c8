# leak: a buffer of the module is written in place
from app.config import settings

_buffer = bytearray(8)


def handle(d):
    if not _buffer[0]:
        _buffer[:] = settings.name.encode().ljust(8)
    return _buffer.decode().strip()
