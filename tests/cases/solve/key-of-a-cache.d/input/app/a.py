from functools import wraps

from cachetools import cached as kept

from app.config import settings

CACHE = {}


def cached(key):
    def decorate(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            k = key(*args, **kwargs)
            if k not in CACHE:
                CACHE[k] = func(*args, **kwargs)
            return CACHE[k]

        return wrapper

    return decorate


def noted(func):
    @wraps(func)
    def wrapper(*args, **kwargs):
        note(*args, **kwargs)
        return func(*args, **kwargs)

    return wrapper


def note(*args, **kwargs):
    print(args, kwargs)


@cached(key=lambda text, model: f"{model}:{text}")
def embed(text, model):
    return settings["a"], text


@kept({}, key=lambda text: text)
def of_a_library(text):
    return settings["a"], text


@noted
def takes_any(text):
    return settings["a"], text


def run():
    return embed("a", "m"), of_a_library("a"), takes_any("a")
