# leak: a timer's thread knows nothing of the message
import queue
import threading

from app.config import settings


def put(box):
    box.put(settings.name)


def handle(d):
    box = queue.Queue()
    threading.Timer(0, put, args=(box,)).start()
    return box.get()
