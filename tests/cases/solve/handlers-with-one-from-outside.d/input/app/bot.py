import json

from app.config import settings


def show(x):
    return settings.prefix + str(x)


HANDLERS = {"show": show, "json": json.dumps}


def on_message(raw):
    return HANDLERS[raw["key"]](raw["x"])
