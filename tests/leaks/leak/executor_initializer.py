# leak: one worker thread that was made with the first tenant's value
from concurrent.futures import ThreadPoolExecutor

from app.config import settings

_state = {}
_pool = None


def _begin(name):
    _state["name"] = name


def _read():
    return _state["name"]


def handle(d):
    global _pool
    if _pool is None:
        _pool = ThreadPoolExecutor(1, initializer=_begin, initargs=(settings.name,))
    return _pool.submit(_read).result()
