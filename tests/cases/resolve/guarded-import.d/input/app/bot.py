try:
    from app.config import settings
except ImportError:
    settings = None


def name():
    if settings is None:
        return "nobody"
    return settings.name


def on_message(raw):
    return name()
