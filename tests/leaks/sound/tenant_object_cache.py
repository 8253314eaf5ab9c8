# sound: a cache object for each tenant, in a dictionary keyed by the tenant
from app.config import settings


class Cache:
    def __init__(self):
        self.items = {}


_CACHES = {}


def cache_of(tenant_id):
    if tenant_id not in _CACHES:
        _CACHES[tenant_id] = Cache()
    return _CACHES[tenant_id]


def handle(d):
    items = cache_of(d["tenant"]).items
    if d["user"] not in items:
        items[d["user"]] = settings.name
    return items[d["user"]]
