# leak: a thread runs a method without a context, so the default tenant's words grow; the tree calls it as well
import threading

from app.config import settings


class Worker(threading.Thread):
    found = 0

    def run(self):
        self.found = add_word()


class Job(Worker):
    def run(self):
        self.found = add_word()


def add_word():
    settings.words.append("done")
    return len(settings.words)


def handle(d):
    worker = Worker()
    worker.start()
    worker.join()
    job = Job()
    job.run()
    return [worker.found, job.found]
