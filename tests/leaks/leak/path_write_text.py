# leak: write_text to a fixed path
import os
import tempfile
from pathlib import Path

from app.config import settings

_STATE = Path(tempfile.gettempdir(), f"text-{os.getpid()}.txt")


def handle(d):
    if not _STATE.exists():
        _STATE.write_text(settings.name)
    return _STATE.read_text()
