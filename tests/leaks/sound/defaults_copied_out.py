# sound: the function gives a copy of the defaults out
from app.config import settings

_DEFAULTS = {"lang": "en", "emoji": True}


def get_defaults():
    return dict(_DEFAULTS)


def options_for(user, **overrides):
    options = get_defaults()
    seen = options.get("signature")
    options.update(overrides)
    return {**options, "seen": seen, "user": user}


async def handle(d):
    return options_for(d["user"], signature=settings.name)
