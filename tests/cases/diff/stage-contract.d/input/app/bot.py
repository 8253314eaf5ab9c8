from app.apis import nickname, shout, whisper
from app.isolation import (
    IsolationContext,
    context_from_message,
    current_isolation_context,
    get_settings,
)


class Greeter:
    def __init__(self, greeting, *, isolation_context: IsolationContext | None = None):
        if isolation_context is None:
            isolation_context = current_isolation_context()
        self.isolation_context = isolation_context
        self.greeting = greeting

    def greet(self):
        # the name is the tenant's
        return self.greeting + get_settings(self.isolation_context).name


class Sleeper:
    """Makes its constructor anew."""

    def __init__(self, *, isolation_context: IsolationContext | None = None) -> None:
        if isolation_context is None:
            isolation_context = current_isolation_context()
        self.isolation_context = isolation_context

    def sleep(self):
        return whisper(isolation_context=self.isolation_context)


class Quiet(Sleeper):
    def sleep(self):
        return ""


def handler(*, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = current_isolation_context()
    return nickname(isolation_context=isolation_context)


HANDLERS = [handler]


def on_message(raw):
    isolation_context = context_from_message(raw)
    return Greeter("hi ", isolation_context=isolation_context).greet(), Sleeper(isolation_context=isolation_context).sleep(), Quiet(isolation_context=isolation_context).sleep(), shout(isolation_context=isolation_context)
