from app.config import settings


def read(name):
    return settings.rows[name]
