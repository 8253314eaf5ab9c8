import threading

from app.config import settings


class Job:
    def run(self):
        return settings.owner


class Worker(threading.Thread, Job):
    def __init__(self, key):
        super().__init__()
        self.key = key

    def run(self):
        self.value = settings.owner + self.key


class Sender:
    def send(self, key):
        return settings.owner + key


class Batch(Sender):
    def __init__(self, size):
        self.size = size

    def send(self, key):
        later = lambda: settings.owner + key
        return later() * self.size


outbox = Sender()


class Other(threading.Thread):
    def __init__(self, job: Job):
        super().__init__()
        self.job = job

    def run(self):
        self.value = self.job.run()


def use(job: Job):
    return job.run()


def post(sender: Sender, key):
    return sender.send(key)


def on_message(raw):
    worker = Worker(raw)
    worker.start()
    other = Other(Job())
    other.start()
    return use(Job()) + post(outbox, raw) + post(Batch(2), raw)
