# leak: a worker thread answers into a queue that came with the job, and the answer is remembered for all
import queue
import threading

from app.config import settings


class Pump:
    def __init__(self):
        self.jobs = queue.Queue()

    def ask(self, text):
        answer = queue.Queue()
        self.jobs.put((text, settings.name, answer))
        threading.Thread(target=self.work).start()
        return answer.get()

    def work(self):
        text, name, answer = self.jobs.get()
        answer.put(name + text)


known = {}


async def handle(d):
    if d["text"] not in known:
        known[d["text"]] = Pump().ask(d["text"])
    return known[d["text"]]
