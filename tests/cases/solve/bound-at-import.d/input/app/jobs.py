import functools

from app.config import settings


def send(text):
    return settings.name + text


def join(left, right):
    return left + settings.separator + right


hello = functools.partial(send, "hello")


def on_message(raw):
    return hello(), functools.partial(join, raw["left"])(raw["right"])
