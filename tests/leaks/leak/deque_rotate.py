# leak: a deque of the module
from collections import deque

from app.config import settings

_recent = deque(maxlen=5)


def handle(d):
    if not _recent:
        _recent.appendleft(settings.name)
    return _recent[0]
