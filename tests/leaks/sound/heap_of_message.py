# sound: the heap is local, what lasts is the order of the priorities
import heapq

from app.config import settings

PRIORITIES = {"urgent": 0, "normal": 1}


def ranked(*texts):
    heap = [(PRIORITIES[kind], text) for kind, text in texts]
    heapq.heapify(heap)
    while heap:
        yield heapq.heappop(heap)[1]


async def handle(d):
    return list(ranked(("normal", d["text"]), ("urgent", f"{settings.name} is here")))
