# sound: a closure that is called at once
from app.config import settings


def handle(d):
    name = settings.name

    def say():
        return name

    return say()
