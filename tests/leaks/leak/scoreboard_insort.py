# leak: the scores are one sorted list, used through a local name
import bisect

from app.config import settings


class Game:
    def __init__(self):
        self.scores = []

    def best(self, count):
        return self.scores[-count:]


game = Game()


async def handle(d):
    scores = game.scores
    bisect.insort(scores, (len(d["text"]), d["user"], settings.name))
    return game.best(3)
