from app.apis import Client, nickname, only, say, shout
from app.isolation import (
    IsolationContext,
    context_from_message,
    current_isolation_context,
    get_settings,
)


def motto(*, isolation_context: IsolationContext | None = None) -> str:
    if isolation_context is None:
        isolation_context = current_isolation_context()
    return get_settings(isolation_context).motto


async def on_message(raw):
    isolation_context = context_from_message(raw)
    return motto(isolation_context=isolation_context), nickname(isolation_context=isolation_context), shout(isolation_context=isolation_context), await say("a", isolation_context=isolation_context), only(1, isolation_context=isolation_context), Client(isolation_context=isolation_context).read("k"), Client.make("x", isolation_context=isolation_context), Client.of(
        isolation_context=isolation_context
    )
