from app.config import settings
from app.isolation import IsolationContext, context_from_message


class Base:
    def answer(self, text, *, isolation_context: IsolationContext | None = None):
        """Reads nothing: an earlier run gave it the parameter for the sake of an override."""
        return f"{settings.title} {text}"


class Keeper:
    def __init__(self, *, isolation_context: IsolationContext):
        self.isolation_context = isolation_context  # kept
        self.title = settings.title
        self.name = settings.name


def on_message(raw):
    """An earlier run bound the context; what is read once comes after it."""
    isolation_context = context_from_message(raw)
    keeper = Keeper(isolation_context=isolation_context)
    return settings.title, settings.name, keeper


def handle(raw, *, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = context_from_message(raw)
    if settings.title:
        return settings.title
    return keep(isolation_context)


def keep(context):
    return context


def main(raw):
    Base().answer("x", isolation_context=IsolationContext())
    return handle(raw, isolation_context=IsolationContext())
