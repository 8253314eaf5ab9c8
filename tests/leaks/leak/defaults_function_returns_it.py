# leak: a function gives the dictionary of defaults out, and the caller updates it
from app.config import settings

_DEFAULTS = {"lang": "en", "emoji": True}


def get_defaults():
    return _DEFAULTS


def options_for(user, **overrides):
    options = get_defaults()
    seen = options.get("signature")
    options.update(overrides)
    return {**options, "signature": seen, "user": user}


async def handle(d):
    return options_for(d["user"], signature=settings.name)
