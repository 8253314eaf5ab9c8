# sound: what an object for each tenant owns
from app.config import settings


class Box:
    def __init__(self):
        self.items = []


class Service:
    def __init__(self):
        self.box = Box()

    def put(self):
        self.box.items.append(settings.name)
        return self.box.items[0]


service = Service()


def handle(d):
    return service.put()
