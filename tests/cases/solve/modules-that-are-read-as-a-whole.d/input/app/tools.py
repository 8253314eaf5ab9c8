from app.config import settings


def double(raw):
    return settings["limit"] * 2


TOOLS = {name: run for name, run in globals().items() if callable(run)}
