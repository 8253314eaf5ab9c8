# leak: a cached property of the application
from functools import cached_property

from app.config import settings


class App:
    @cached_property
    def mailer(self):
        return Mailer(f"{settings.name}@bots.example.org")


class Mailer:
    def __init__(self, sender):
        self.sender = sender

    def compose(self, to, body):
        return {"From": self.sender, "To": to, "Body": body}


app = App()


async def handle(d):
    return app.mailer.compose(d["user"], d["text"])
