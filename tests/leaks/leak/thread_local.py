# leak: threading.local, which all messages of a thread share
import threading

from app.config import settings

_local = threading.local()


def handle(d):
    if not hasattr(_local, "name"):
        _local.name = settings.name
    return _local.name
