# leak: a decorator that keeps results by the arguments it knows
from app.config import settings


def memo(function):
    results = {}

    def wrapper(user):
        if user not in results:
            results[user] = function(user)
        return results[user]

    return wrapper


@memo
def label(user):
    return settings.name + user


def handle(d):
    return label(d["user"])
