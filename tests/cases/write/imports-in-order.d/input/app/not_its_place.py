import os

# the tree
from app.config import settings
from app.helpers import help
from app.store import Store


def f():
    return settings.a
