from app.apis import nickname, shout, whisper
from app.config import settings


class Greeter:
    def __init__(self, greeting):
        self.greeting = greeting

    def greet(self):
        # the name is the tenant's
        return self.greeting + settings.name


class Sleeper:
    """Makes its constructor anew."""

    def sleep(self):
        return whisper()


class Quiet(Sleeper):
    def sleep(self):
        return ""


def handler():
    return nickname()


HANDLERS = [handler]


def on_message(raw):
    return Greeter("hi ").greet(), Sleeper().sleep(), Quiet().sleep(), shout()
