# leak: what is done for each tenant at the start keeps the last one's value
from app.config import settings

_name = None


def remember():
    global _name
    _name = settings.name


def start():
    remember()


def handle(d):
    return _name
