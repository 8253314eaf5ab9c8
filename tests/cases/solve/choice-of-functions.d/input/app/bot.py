from app.config import settings


def loud(x):
    return x * settings.volume


def quiet(x):
    return x


def on_message(raw):
    speak = loud if raw["loud"] else quiet
    return speak(raw["x"])
