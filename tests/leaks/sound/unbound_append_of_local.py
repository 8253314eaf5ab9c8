# sound: list.append with a list of the call
from app.config import settings


def handle(d):
    names = []
    list.append(names, settings.name)
    getattr(names, "append")("x")
    return ",".join(names)
