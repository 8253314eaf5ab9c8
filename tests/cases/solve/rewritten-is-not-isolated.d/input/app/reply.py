from app.config import settings


def only_messages():
    return settings.name


def messages_and_start():
    return settings.name


def nobody():
    return settings.name
