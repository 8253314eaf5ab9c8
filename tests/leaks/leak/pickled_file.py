# leak: a state file of a fixed path
import json
import os
import tempfile
from pathlib import Path

from app.config import settings

_STATE = Path(tempfile.gettempdir()) / f"state-{os.getpid()}.json"


def handle(d):
    if not _STATE.exists():
        with open(_STATE, "w") as file:
            json.dump({"name": settings.name}, file)
    return json.loads(_STATE.read_text())["name"]
