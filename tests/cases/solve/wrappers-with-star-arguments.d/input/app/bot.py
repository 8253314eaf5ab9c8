from app.config import settings


def work(a, b=1):
    return settings.factor * a * b


def through(*args, **kwargs):
    return work(*args, **kwargs)


def call(function, *args):
    return function(*args)


def on_message(raw):
    return through(1, b=2), call(work, 1), call(len, raw)
