from app.api import Tool, nickname
from app.config import settings


def shout(user):
    return nickname(user).upper()


class Shout(Tool):
    def run(self, words):
        return shout(words[0])

    def cost(self):
        return settings.cost
