import functools

from app.config import settings


def run(f, *args, **keywords):
    keywords.pop("limit", None)
    return f(*args, **keywords), settings.log


def limited(f):
    @functools.wraps(f)
    def wrapper(*args, **keywords):
        return run(f, *args, limit=10, **keywords)

    return wrapper


def logged(f):
    @functools.wraps(f)
    def wrapper(*args, **keywords):
        return f(*args, **keywords)

    return wrapper


@limited
def plain(text):
    return text


@logged
def answer(text):
    return settings.prefix + text


def on_message(raw):
    return plain("a"), answer("b")
