from app.config import settings


def text(size=settings.size):
    return settings.a, settings.b, settings.VERSION, size, f"{settings.c=}"


def nested(items):
    def inner(settings):
        return settings

    return settings.a, settings.b, inner(items), [settings for settings in items], lambda: settings.VERSION


def on_message(raw):
    return text(), nested(raw)
