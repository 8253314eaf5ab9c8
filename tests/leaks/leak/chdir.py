# leak: the folder of the process
import os
import tempfile

from app.config import settings

_base = tempfile.mkdtemp()
_done = False


def handle(d):
    global _done
    if not _done:
        os.makedirs(os.path.join(_base, settings.name), exist_ok=True)
        os.chdir(os.path.join(_base, settings.name))
        _done = True
    return os.path.basename(os.getcwd())
