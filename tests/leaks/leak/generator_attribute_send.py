# leak: what is sent into a generator that an object of the module has
from app.config import settings


def keeper():
    kept = None
    while True:
        new = yield kept
        kept = kept or new


class Service:
    def __init__(self):
        self.keeper = keeper()
        next(self.keeper)


service = Service()


def handle(d):
    service.keeper.send(settings.name)
    return service.keeper.send(None)
