from app.config import settings
from app.isolation import IsolationContext, current_isolation_context


def has(name, isolation_context: IsolationContext):
    return settings.name + name


def has_optional(name, isolation_context=None):
    if isolation_context is None:
        isolation_context = current_isolation_context()
    return settings.name + name


def caller(isolation_context: IsolationContext):
    return has("a", isolation_context), has("b", isolation_context=isolation_context), has_optional("c")


def on_message(raw):
    return caller(current_isolation_context()), has("d", current_isolation_context())
