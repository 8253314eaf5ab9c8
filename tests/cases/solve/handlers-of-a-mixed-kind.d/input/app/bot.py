from app.config import settings


def jump(x):
    return settings.height * x


def stay(x):
    return x


HANDLERS = {"jump": jump, "stay": stay}


def on_message(raw):
    return HANDLERS[raw["key"]](raw["x"])
