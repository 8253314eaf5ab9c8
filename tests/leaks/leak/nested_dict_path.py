# leak: three levels down in a table of the module
from app.config import settings

STATE = {"chat": {"names": {}}}


def names():
    return STATE["chat"]["names"]


def handle(d):
    return names().setdefault(d["user"], settings.name)
