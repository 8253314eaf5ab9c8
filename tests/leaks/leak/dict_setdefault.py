# leak: setdefault keeps what the first tenant gave
from app.config import settings

_SEEN = {}


def handle(d):
    return _SEEN.setdefault(d["user"], settings.name)
