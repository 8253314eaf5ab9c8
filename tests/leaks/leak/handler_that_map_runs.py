# leak: handlers that map() runs, one of which remembers
from app.config import settings

_last = {}


def remember(d):
    _last.setdefault("name", settings.name)
    return _last["name"]


_handlers = [remember]


def handle(d):
    return list(map(lambda handler: handler(d), _handlers))
