import os

VERSION = 1
name = "bot"
DEBUG = os.environ.get("DEBUG")


def load():
    return name, DEBUG
