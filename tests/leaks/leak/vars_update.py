# leak: vars() of a shared object is updated
from app.config import settings


class Frozen:
    name = None


frozen = Frozen()


def handle(d):
    if frozen.name is None:
        vars(frozen).update(name=settings.name)
    return frozen.name
