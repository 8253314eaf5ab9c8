# sound: an object whose attributes are replaced by a dictionary of its own
from app.config import settings


class Bag:
    def __init__(self, **values):
        self.__dict__ = dict(values)


async def handle(d):
    bag = Bag(name=settings.name)
    return bag.name
