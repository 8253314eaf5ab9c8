from app.config import get_settings


def read(key):
    return get_settings().owner + key
