# sound: only whether there is a name is kept
from app.config import settings

_SEEN_USERS = set()


def handle(d):
    _SEEN_USERS.add(d["user"])
    return settings.name
