# leak: a heap of the module
import heapq

from app.config import settings

_heap = []


def handle(d):
    if not _heap:
        heapq.heappush(_heap, (0, settings.name))
    return _heap[0][1]
