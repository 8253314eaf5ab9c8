from app.config import settings


def setup(table):
    table["greet"] = greet


def limit_of(raw):
    return settings["limit"]


def greet(raw):
    return raw[: limit_of(raw)]
