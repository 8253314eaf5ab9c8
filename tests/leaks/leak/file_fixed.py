# leak: a file whose path does not name the tenant
import os
import tempfile

from app.config import settings

_PATH = os.path.join(tempfile.gettempdir(), f"leak-{os.getpid()}.txt")


def handle(d):
    if not os.path.exists(_PATH):
        with open(_PATH, "w") as file:
            file.write(settings.name)
    with open(_PATH) as file:
        return file.read()
