# leak: what is put into a queue is taken out by the next message
import queue

from app.config import settings

_free = queue.Queue()


def handle(d):
    name = _free.get_nowait() if not _free.empty() else settings.name
    _free.put(name)
    return name
