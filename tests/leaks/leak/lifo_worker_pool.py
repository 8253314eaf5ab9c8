# leak: workers wait in a queue with what they were made with
import queue

from app.config import settings


class Worker:
    __slots__ = ("prompt", "jobs")

    def __init__(self, prompt):
        self.prompt = prompt
        self.jobs = 0

    def answer(self, text):
        self.jobs += 1
        return f"{self.prompt} {text}"


idle = queue.LifoQueue(maxsize=4)


async def handle(d):
    try:
        worker = idle.get_nowait()
    except queue.Empty:
        worker = Worker(f"You are {settings.name}.")
    try:
        return worker.answer(d["text"])
    finally:
        idle.put_nowait(worker)
