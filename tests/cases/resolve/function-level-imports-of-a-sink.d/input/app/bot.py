def first():
    from .config import settings

    return settings.first


def second():
    try:
        from app.config import settings as s
    except ImportError:
        return None
    return s.second


def on_message(raw):
    from app import config

    return first(), second(), config.settings.third
