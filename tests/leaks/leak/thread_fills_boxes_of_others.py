# leak: a thread of an object of all writes into what others hand it
import queue
import threading

from app.config import settings


class Pool:
    def __init__(self):
        self.jobs = queue.Queue()
        self.thread = None

    def work(self):
        while True:
            box, ready = self.jobs.get()
            box.append(settings.name)
            ready.set()

    def submit(self, box):
        if self.thread is None:
            self.thread = threading.Thread(target=self.work, daemon=True)
            self.thread.start()
        ready = threading.Event()
        self.jobs.put((box, ready))
        ready.wait()


class Shared:
    pool = Pool()


def handle(d):
    box = []
    Shared.pool.submit(box)
    return box[0]
