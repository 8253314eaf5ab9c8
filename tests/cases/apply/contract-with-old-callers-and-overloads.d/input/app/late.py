from app.apis import nickname
from app.isolation import IsolationContext
from app.isolation.legacy import count


def by_hand(name, *, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = count(name)
    return nickname(isolation_context=isolation_context)
