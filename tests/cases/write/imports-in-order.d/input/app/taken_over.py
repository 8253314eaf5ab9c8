import os

from app.config import settings
from app.store import Store


def f():
    return settings.a
