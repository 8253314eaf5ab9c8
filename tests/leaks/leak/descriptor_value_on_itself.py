# leak: a descriptor keeps the value on itself, shared by all the instances of the class
from app.config import settings


class Field:
    def __init__(self, default=None):
        self.value = default

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return self.value

    def __set__(self, instance, value):
        self.value = value


class Profile:
    nick = Field()
    greeting = Field()

    def __init__(self, nick):
        self.nick = nick

    def greet(self):
        if self.greeting is None:
            self.greeting = f"{settings.name} greets {self.nick}"
        return self.greeting


async def handle(d):
    return Profile(d["user"]).greet()
