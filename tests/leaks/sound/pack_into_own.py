# sound: bytes of the call are packed into
import struct

from app.config import settings


def handle(d):
    own = bytearray(1)
    struct.pack_into("c", own, 0, settings.name[-1:].encode())
    return own.decode()
