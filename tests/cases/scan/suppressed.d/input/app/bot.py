from app.config import settings


def on_message(raw):
    return settings.name, settings.other  # weft: ignore[config] the same for all


def other():
    return 1  # weft: ignore[config] nothing here
