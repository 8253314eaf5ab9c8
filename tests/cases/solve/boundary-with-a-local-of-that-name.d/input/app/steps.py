from app.config import settings


def work(raw):
    return settings.name
