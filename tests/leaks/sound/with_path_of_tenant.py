# sound: a file of the tenant's own
import os
import tempfile

from app.config import settings


def handle(d):
    tenant_id = d["tenant"]
    path = os.path.join(tempfile.gettempdir(), f"sound-{os.getpid()}-{tenant_id}.txt")
    with open(path, "w") as file:
        file.write(settings.name)
    with open(path) as file:
        text = file.read()
    os.unlink(path)
    return text
