import functools

from app.config import settings


def limited(seconds):
    def mark(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            if settings.rate > seconds:
                return None
            return function(*args, **kwargs)

        return wrapper

    return mark
