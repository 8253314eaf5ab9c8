from app.config import settings


def is_short(raw):
    return len(raw) < settings["limit"]
