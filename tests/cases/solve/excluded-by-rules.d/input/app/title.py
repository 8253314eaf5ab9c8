from app.config import settings


def title():
    return settings.name


def heading():
    return settings.name
