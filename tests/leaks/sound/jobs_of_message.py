# sound: the queue of jobs, the job and its answer are the message's
import queue

from app.config import settings

served = {}


class Pump:
    def __init__(self):
        self.jobs = queue.Queue()

    def ask(self, text):
        answer = queue.Queue()
        self.jobs.put((text, answer))
        self.work()
        return answer.get()

    def work(self):
        text, answer = self.jobs.get()
        answer.put(settings.name + text)


async def handle(d):
    served[d["user"]] = d["text"]
    return Pump().ask(d["text"]), served[d["user"]]
