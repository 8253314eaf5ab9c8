# sound: what is written goes to the new child of the shared chain
from collections import ChainMap

from app.config import settings

DEFAULTS = ChainMap({}, {"lang": "en", "name": "bot"})


async def handle(d):
    options = DEFAULTS.new_child({"user": d["user"]})
    options["name"] = settings.name
    return dict(sorted(options.items())), DEFAULTS["name"]
