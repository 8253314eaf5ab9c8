# sound: a queue of the call
import queue

from app.config import settings


def handle(d):
    jobs = queue.Queue()
    jobs.put(settings.name)
    return jobs.get()
