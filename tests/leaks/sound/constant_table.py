# sound: a module's table that is only read
from app.config import settings

_GREETINGS = {"en": "hello", "de": "hallo"}


def handle(d):
    return _GREETINGS["en"] + settings.name
