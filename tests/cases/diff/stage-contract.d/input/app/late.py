"""Written between the stages: it passes nothing yet."""
from app.apis import nickname
from app.isolation import IsolationContext, current_isolation_context


def tick():
    return nickname()


def by_hand(*, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        print("nobody's")
        isolation_context = current_isolation_context()
    return nickname(isolation_context=isolation_context)
