from app.config import settings
from app.other import get_settings


class IsolationContext:
    pass


def name():
    return settings.name, get_settings()


def shadow(get_settings):
    return settings.name, get_settings()


def on_message(raw):
    context_from_message = raw
    return name(), shadow(context_from_message)
