# sound: a proxy whose attributes are functions that give back
from app.config import settings


class Proxy:
    def __getattr__(self, name):
        def call(value):
            return f"{name}: {value}"

        return call


async def handle(d):
    return Proxy().send(settings.name)
