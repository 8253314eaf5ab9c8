# leak: struct packs into bytes of the module
from app.config import settings

import struct

_bytes = bytearray(1)


def handle(d):
    if not _bytes[0]:
        struct.pack_into("c", _bytes, 0, settings.name[-1:].encode())
    return _bytes.decode()
