# leak: a local table has the shared one in it, and what is put there stays
from app.config import settings

_names = {}


def handle(d):
    tables = {"names": _names, "user": d["user"]}
    if d["user"] not in tables["names"]:
        tables["names"][d["user"]] = settings.name
    return tables["names"][d["user"]]
