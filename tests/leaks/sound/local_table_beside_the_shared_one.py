# sound: the shared table is in a local one, and what is written goes elsewhere
from app.config import settings

_names = {"ann": "Ann"}


def handle(d):
    tables = {"names": _names, "own": {}}
    tables["own"][d["user"]] = settings.name
    pair = (_names, [])
    pair[1].append(settings.name)
    return tables["names"].get(d["user"], "") + tables["own"][d["user"]] + pair[1][0]
