# leak: a thread that is started once keeps what it was started with
import queue
import threading

from app.config import settings

_jobs = queue.Queue()
_thread = None


def work():
    while True:
        text, done = _jobs.get()
        done.put(settings.name + text)


def handle(d):
    global _thread
    if _thread is None:
        _thread = threading.Thread(target=work, daemon=True)
        _thread.start()
    done = queue.Queue()
    _jobs.put((d["text"], done))
    return done.get()
