# sound: a table whose keys nobody lists, by a name of the settings
from app.config import settings

_sizes = {}


def handle(d):
    if settings.name not in _sizes:
        _sizes[settings.name] = 1
    return settings.name + str(_sizes[settings.name])
