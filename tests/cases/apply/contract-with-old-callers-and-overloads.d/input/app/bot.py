from app.apis import Client, nickname, shout
from app.isolation import (
    IsolationContext,
    context_from_message,
    current_isolation_context,
    get_settings,
)


def motto(*, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = current_isolation_context()
    return get_settings(isolation_context).motto


def on_message(raw):
    isolation_context = context_from_message(raw)
    return motto(isolation_context=isolation_context), nickname(isolation_context=isolation_context), shout(isolation_context=isolation_context), Client(isolation_context=isolation_context).name()
