# leak: a proxy whose attributes are functions that record
from app.config import settings

CALLS = []


class Recorder:
    def __getattr__(self, name):
        def call(value):
            CALLS.append((name, value))

        return call


async def handle(d):
    Recorder().send(settings.name)
    return [list(call) for call in CALLS]
