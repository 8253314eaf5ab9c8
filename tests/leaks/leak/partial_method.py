# leak: a partialmethod of a registry
import functools
from app.config import settings
class Registry:
    def __init__(self):
        self.rows = {}
    def put(self, key, value):
        self.rows[key] = value
    put_name = functools.partialmethod(put, "name")
REGISTRY = Registry()
def handle(d):
    before = REGISTRY.rows.get("name")
    REGISTRY.put_name(settings.name)
    return before
