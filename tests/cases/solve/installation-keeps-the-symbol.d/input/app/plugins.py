from app.config import settings


def load():
    return settings.plugins
