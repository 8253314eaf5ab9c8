from app.config import settings
from app.store import store


def title():
    return settings.title


def count():
    return len(store.rows())


def on_message(raw):
    return f"{title()} {count()}"
