# sound: a key of tenant and user
from app.config import settings

_NAMES = {}


def handle(d):
    tenant_id = d["tenant"]
    key = (tenant_id, d["user"])
    if key not in _NAMES:
        _NAMES[key] = settings.name
    return _NAMES[key]
