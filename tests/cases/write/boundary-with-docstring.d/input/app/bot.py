from app.config import settings


def on_message(raw):
    """Doc."""
    return settings.a
