from app.config import get_settings


def read(key):
    return get_settings().owner + key


def ask(name):
    return globals()["set_" + name]
