# leak: two closures share what one of them keeps
from app.config import settings


def make():
    kept = None

    def put(value):
        nonlocal kept
        kept = kept or value

    def get():
        return kept

    return put, get


put, get = make()


def handle(d):
    put(settings.name)
    return get()
