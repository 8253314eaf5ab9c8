from app.config import settings
from app.isolation import IsolationContext


def load(key, isolation_context: IsolationContext | None = None):
    return settings[key]


def load_two(key, isolation_context=None):
    return settings[key]


def render(key, isolation_context):
    isolation_context["seen"] = key
    return settings[key]


def show(key, isolation_context=None):
    isolation_context = isolation_context or {}
    return settings[key]


def name(key, isolation_context):
    return isolation_context.user + settings[key]


def tenant(key, isolation_context):
    return isolation_context.tenant_id + settings[key]
