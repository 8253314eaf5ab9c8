# leak: what is sent into a generator of the module is yielded next time
from app.config import settings


def keeper():
    kept = None
    while True:
        new = yield kept
        if kept is None:
            kept = new


_keeper = keeper()
next(_keeper)


def handle(d):
    _keeper.send(settings.name)
    return _keeper.send(None)
