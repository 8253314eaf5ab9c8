# leak: an alias of a bound method of a list of the module
from app.config import settings

_names = []
remember = _names.append


def handle(d):
    remember(settings.name)
    return _names[0]
