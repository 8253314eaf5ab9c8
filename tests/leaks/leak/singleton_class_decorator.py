# leak: a class decorator keeps the instances in its closure
import functools

from app.config import settings


def singleton(cls):
    instances = {}

    @functools.wraps(cls)
    def get_instance(*args, **kwargs):
        if cls not in instances:
            instances[cls] = cls(*args, **kwargs)
        return instances[cls]

    return get_instance


@singleton
class Announcer:
    def __init__(self):
        self.prefix = f"[{settings.name}]"

    def announce(self, text):
        return f"{self.prefix} {text}"


async def handle(d):
    return Announcer().announce(d["text"])
