import app.config as c
from app import config
from app.config import DEBUG, VERSION, load


def name():
    return config.name


def details():
    load()
    config.load()
    return f"{DEBUG} of {c.name}", VERSION, config.VERSION


def change(value):
    config.name = value
    return getattr(config, "DEBUG")
