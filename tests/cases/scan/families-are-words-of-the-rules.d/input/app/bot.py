from app.config import settings
from app.store import load


def on_message(raw):
    return load(settings.name)
