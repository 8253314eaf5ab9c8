# leak: a worker thread keeps its own running total and answers through the job
import queue
import threading

from app.config import settings

jobs = queue.Queue()


def work():
    seen = []
    while True:
        text, answer = jobs.get()
        seen.append(text)
        answer.put(" ".join(seen[-2:]))


threading.Thread(target=work, daemon=True).start()


async def handle(d):
    answer = queue.Queue(1)
    jobs.put((f"{settings.name}:{d['text']}", answer))
    return answer.get(timeout=5)
