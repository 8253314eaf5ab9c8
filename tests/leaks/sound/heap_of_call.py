# sound: a heap of one call
import heapq

from app.config import settings


def handle(d):
    heap = []
    heapq.heappush(heap, settings.name)
    heapq.heappush(heap, "zzz")
    return heapq.heappop(heap)
