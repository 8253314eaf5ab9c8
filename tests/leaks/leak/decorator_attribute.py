# leak: a decorator that keeps on the function that it made
from app.config import settings


def once(function):
    def wrapper(*args, **kwargs):
        if wrapper.result is None:
            wrapper.result = function(*args, **kwargs)
        return wrapper.result

    wrapper.result = None
    return wrapper


@once
def title():
    return settings.name


def handle(d):
    return title()
