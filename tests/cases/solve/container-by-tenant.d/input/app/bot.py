from app.config import settings
from app.registry import registry


def on_message(raw):
    return registry.client(settings.name)
