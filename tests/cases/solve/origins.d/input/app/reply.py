from app.config import settings


def only_messages():
    return settings.name


def shared():
    return settings.name


def nobody():
    return settings.name
