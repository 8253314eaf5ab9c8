from app import registry
from app.config import settings


def on_message(raw):
    registry.registry.add(raw, settings.name)
    registry.registry.note(raw, settings.name)
    registry.seen.add(settings.name)
    registry.counted.add(settings.name)
