from app.api import Plugin, nickname, plain
from app.config import settings
from helper import shout


class Hello(Plugin):
    def greet(self, name):
        return super().greet(name) + "!"

    def answer(self, message):
        return self.greet(nickname(message.user)) + plain("x") + shout(message.user)


def setup(bot):
    @bot.on_message
    def handle(message):
        return Hello().answer(message)
