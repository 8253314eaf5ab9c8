import app.config as conf
import app.config
from app import config


def one():
    return conf.settings.name


def two():
    return app.config.settings.name


def three():
    return config.settings.name


def on_message(raw):
    return one(), two(), three()
