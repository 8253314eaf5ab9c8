import os, app.config as config
import app.config


def on_message(raw):
    return config.settings.name + os.name


def other(raw):
    return app.config.settings.name
