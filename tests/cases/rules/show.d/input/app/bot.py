from app.config import limits, settings
from app.store import store


def on_message(raw):
    return settings.name, limits.most, store.rows
