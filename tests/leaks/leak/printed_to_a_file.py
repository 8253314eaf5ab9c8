# leak: lines are printed to one file
import os
import tempfile

from app.config import settings

_PATH = os.path.join(tempfile.gettempdir(), f"names-{os.getpid()}.txt")


def handle(d):
    with open(_PATH, "a") as file:
        print(settings.name, file=file)
    with open(_PATH) as file:
        return file.readline().strip()
