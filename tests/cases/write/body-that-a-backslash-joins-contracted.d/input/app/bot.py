from app.isolation import (
    IsolationContext,
    context_from_message,
    current_isolation_context,
    get_settings,
)


def read(key, *, isolation_context: IsolationContext | None = None): \
    isolation_context = current_isolation_context() if isolation_context is None else isolation_context; return get_settings(isolation_context).owner + key


def told(key, *, isolation_context: IsolationContext | None = None): "Says it."; \
    isolation_context = current_isolation_context() if isolation_context is None else isolation_context; return get_settings(isolation_context).owner + key


def two(key, *, isolation_context: IsolationContext | None = None): \
        isolation_context = current_isolation_context() if isolation_context is None else isolation_context; text = read(key, isolation_context=isolation_context); \
        return told(text, isolation_context=isolation_context)


class Reader:
    def __init__(self, *, isolation_context: IsolationContext | None = None) -> None:
        if isolation_context is None:
            isolation_context = current_isolation_context()
        self.isolation_context = isolation_context

    def read(self, key): \
        return get_settings(self.isolation_context).owner + key


def on_message(raw):
    isolation_context = context_from_message(raw)
    return two(raw, isolation_context=isolation_context) + Reader(isolation_context=isolation_context).read(raw)
