# leak: a descriptor keeps the value in itself, which all objects share
from app.config import settings


class Kept:
    def __init__(self):
        self.value = None

    def __get__(self, owner, klass=None):
        return self.value

    def __set__(self, owner, value):
        self.value = value


class Greeting:
    text = Kept()


async def handle(d):
    greeting = Greeting()
    before = greeting.text
    greeting.text = settings.name
    return before
