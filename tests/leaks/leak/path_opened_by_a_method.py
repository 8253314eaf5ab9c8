# leak: a file that a path opens is there for the next one
import os
import tempfile
from pathlib import Path

from app.config import settings

_last = Path(tempfile.gettempdir()) / f"last-{os.getpid()}.txt"


def handle(d):
    if not _last.exists():
        with _last.open("w") as file:
            file.write(settings.name)
    return _last.read_text()
