from app.config import settings


def first(raw):
    return settings["limit"] + 1
