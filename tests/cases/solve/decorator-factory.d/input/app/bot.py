from app.config import settings
from app.deco import limited


@limited(3)
def name():
    return settings.name


def on_message(raw):
    return name()
