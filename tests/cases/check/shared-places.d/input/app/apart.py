import datetime
import os
import tempfile
import uuid
from pathlib import Path

from app.config import settings
from app.installation import BACKUPS, journal, rotate


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def keep(raw, tenant_id):
    write(f"data/{tenant_id}/last.txt", raw)
    write(os.path.join(settings.folder, "last.txt"), raw)
    write(raw["path"], raw)
    write("/" + raw["path"], raw)
    name = uuid.uuid4().hex + ".txt"
    write(os.path.join("data", name), raw)
    (Path(tempfile.mkdtemp()) / "x").write_text(raw)
    (BACKUPS / "x").write_text(raw)
    journal.write(raw)
    rotate()
    datetime.datetime.now().replace(tzinfo=datetime.timezone.utc)
    "data/x".replace("data", "other")
    with open("data/known.txt") as file:
        return file.read()
