# leak: a shelf on the disk keeps the first name
import os
import shelve
import tempfile

from app.config import settings

_PATH = os.path.join(tempfile.gettempdir(), f"names-{os.getpid()}")


def handle(d):
    with shelve.open(_PATH) as names:
        if d["user"] not in names:
            names[d["user"]] = settings.name
        return names[d["user"]]
