# sound: setdefault with the tenant in the key
from app.config import settings

_NAMES = {}


def handle(d):
    tenant_id = d["tenant"]
    return _NAMES.setdefault(f"{tenant_id}:{d['user']}", settings.name)
