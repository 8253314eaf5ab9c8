from app.isolation import IsolationContext, context_from_message, get_settings
from app.message import Message


def greet(name, *, isolation_context: IsolationContext):
    return get_settings(isolation_context).name + name


def carried(message: Message):
    return greet("b", isolation_context=message.isolation_context)


def on_message(raw):
    isolation_context = context_from_message(raw)
    return greet("a", isolation_context=isolation_context), carried(Message(raw, isolation_context=isolation_context))
