# leak: an attribute of a namespace object
from types import SimpleNamespace

from app.config import settings

state = SimpleNamespace(name=None)


def handle(d):
    if state.name is None:
        state.name = settings.name
    return state.name
