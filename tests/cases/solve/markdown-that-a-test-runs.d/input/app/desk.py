from app.config import settings


def close():
    return settings.name


def open_():
    return settings.name


def weigh():
    return settings.name


def locked():
    return settings.name
