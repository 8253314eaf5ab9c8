from app.config import settings


def narrow():
    if settings.memory:
        return settings.memory.top_k
    return settings.top_k


def once():
    return settings.once


def twice_in_a_closure(items):
    return [lambda: settings.a + settings.b for _ in items]


def inner_and_outer():
    def inner():
        return settings.inner

    return settings.outer, inner()


class Holder:
    def first(self):
        return settings.a, settings.b


def on_message(raw):
    x = settings.a
    return narrow(), once(), twice_in_a_closure(raw), inner_and_outer(), Holder().first(), settings.b, x
