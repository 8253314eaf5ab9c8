import sys

from app.config import settings


def title():
    return settings.title


def limit():
    return settings.limit


def name():
    return settings.name


def other(which):
    # Any function: nothing is known of the name.
    return getattr(sys.modules[__name__], which)


def own():
    return getattr(sys.modules[__name__], "title")(), globals()["limit"]()
