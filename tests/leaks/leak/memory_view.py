# leak: a view of shared bytes
from app.config import settings
BUFFER = bytearray(1)
def handle(d):
    before = BUFFER[0]
    view = memoryview(BUFFER)
    view[0:1] = settings.name[:1].encode()
    return before
