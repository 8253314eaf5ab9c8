# sound: the descriptor keeps the value in the instance's __dict__
from app.config import settings


class Field:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return vars(instance).get(self.name)

    def __set__(self, instance, value):
        vars(instance)[self.name] = value


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
