# leak: a bound method of the tenant's object is kept
from app.config import settings

_note = []


def handle(d):
    if not _note:
        _note.append(settings.noted)
        settings.note("who", settings.name)
    return _note[0]("who")
