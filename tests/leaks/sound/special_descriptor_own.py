# sound: a descriptor that keeps its value in the owner
from app.config import settings


class Field:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, owner, klass=None):
        return getattr(owner, self.name, None)

    def __set__(self, owner, value):
        setattr(owner, self.name, value)


class Greeting:
    text = Field()


async def handle(d):
    greeting = Greeting()
    before = greeting.text
    greeting.text = settings.name
    return [before, greeting.text]
