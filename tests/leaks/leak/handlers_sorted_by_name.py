# leak: a sort key that remembers
from app.config import settings

_order = {}


def key(word):
    return _order.setdefault(word, settings.name + word)


def handle(d):
    words = sorted(["b", "a"], key=key)
    return [_order[word] for word in words]
