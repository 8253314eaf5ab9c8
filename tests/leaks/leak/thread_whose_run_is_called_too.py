# leak: a thread's method that the tree calls as well, but the thread runs it without a context
import threading

from app.config import settings


class Job:
    def run(self):
        return settings.name


class Worker(threading.Thread, Job):
    def __init__(self):
        super().__init__()
        self.value = ""

    def run(self):
        self.value = settings.name


def now(job: Job):
    return job.run()


def handle(d):
    worker = Worker()
    worker.start()
    worker.join()
    return now(Job()) + worker.value
