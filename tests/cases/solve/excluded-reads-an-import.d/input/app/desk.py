from app.config import settings
from app.store import store


def name():
    return store.put(settings.name)
