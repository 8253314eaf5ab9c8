import os

from app.alpha import a

from app.config import settings

b = a


def f():
    return settings.a
