# sound: what is printed to a stream or a buffer is nobody's state
import io
import sys

from app.config import settings


def handle(d):
    buffer = io.StringIO()
    print(settings.name, file=buffer)
    print(settings.name, file=sys.stderr)
    return buffer.getvalue().strip()
