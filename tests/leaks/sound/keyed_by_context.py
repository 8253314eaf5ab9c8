# sound: a dictionary keyed by the tenant
from app.config import settings
from app.isolation import current_isolation_context

_NAMES = {}


def handle(d):
    tenant_id = current_isolation_context().tenant_id
    if tenant_id not in _NAMES:
        _NAMES[tenant_id] = settings.name
    return _NAMES[tenant_id]
