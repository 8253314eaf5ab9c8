from app.manager import manager
from app.store import store


def on_message(raw):
    return manager.inner, store
