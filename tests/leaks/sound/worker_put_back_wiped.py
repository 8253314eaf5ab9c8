# sound: the worker is wiped before it goes back to the queue
import queue

from app.config import settings


class Worker:
    __slots__ = ("prompt",)

    def __init__(self):
        self.prompt = None

    def answer(self, text):
        return f"{self.prompt} {text}"


idle = queue.LifoQueue(maxsize=4)
idle.put(Worker())


async def handle(d):
    worker = idle.get_nowait()
    before = worker.prompt
    worker.prompt = f"You are {settings.name}."
    try:
        return before, worker.answer(d["text"])
    finally:
        worker.prompt = None
        idle.put_nowait(worker)
