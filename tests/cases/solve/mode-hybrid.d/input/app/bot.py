from app.apis.chat import nickname
from app.config import settings


def internal():
    return settings.internal


def uncalled():
    return internal()


def on_message(raw):
    return nickname(), internal()
