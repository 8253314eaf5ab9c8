from app import config


def name():
    return config.settings["name"]


def on_message(raw):
    return name()
