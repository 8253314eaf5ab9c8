# leak: an object's __dict__
from app.config import settings


class Box:
    pass


box = Box()


def handle(d):
    if "name" not in box.__dict__:
        box.__dict__["name"] = settings.name
    return box.__dict__["name"]
