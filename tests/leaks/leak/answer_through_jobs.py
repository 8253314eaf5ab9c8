# leak: a worker answers into a queue that came with the job, and the answer is remembered for all
import queue

from app.config import settings

jobs = []
known = {}


def work():
    text, answer = jobs.pop()
    answer.put(settings.name + text)


def ask(text):
    answer = queue.Queue()
    jobs.append((text, answer))
    work()
    return answer.get()


async def handle(d):
    if d["text"] not in known:
        known[d["text"]] = ask(d["text"])
    return known[d["text"]]
