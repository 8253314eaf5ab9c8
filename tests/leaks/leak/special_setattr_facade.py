# leak: __setattr__ writes to the class
from app.config import settings


class Shared:
    values = {}

    def __setattr__(self, name, value):
        type(self).values.setdefault(name, value)

    def __getattr__(self, name):
        return type(self).values[name]


async def handle(d):
    shared = Shared()
    shared.title = settings.name
    return shared.title
