from app.config import settings


def names(items):
    return [settings for settings in items]


def counter():
    settings = 0

    def step():
        nonlocal settings
        settings += 1
        return settings

    return step


def mixed(items):
    return [item + settings.size for item in items]


def on_message(raw):
    return names(raw), counter(), mixed(raw)
