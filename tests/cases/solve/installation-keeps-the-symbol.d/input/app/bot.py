from app import plugins
from app.config import settings


def on_message(raw):
    return settings.name, settings.VERSION, plugins.load()
