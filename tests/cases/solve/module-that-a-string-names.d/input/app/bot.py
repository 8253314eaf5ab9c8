import importlib
import os

from app.config import limit
from app.store import store


def shared(name):
    module = importlib.import_module(os.environ.get("SHARED", "app.store"))
    return getattr(module, name)


def on_message(raw):
    store.rows.append(raw)
    return shared("store").rows, shared("rows")(), shared("Reader")().read(), limit()
