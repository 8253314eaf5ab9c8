# leak: another object of the class that each tenant has one of
from app.config import Settings, settings

_shared = Settings("shared")


def handle(d):
    if not _shared.noted("first"):
        _shared.note("first", settings.name)
    return _shared.noted("first")
