# sound: a thread of the call fills a list of the call
import threading

from app.config import settings


def handle(d):
    name, found = settings.name, []
    thread = threading.Thread(target=lambda: found.append(name))
    thread.start()
    thread.join()
    return found
