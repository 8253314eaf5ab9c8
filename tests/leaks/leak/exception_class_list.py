# leak: an exception class that remembers what went wrong
from app.config import settings


class Failure(ValueError):
    seen = []

    def explain(self):
        self.seen.append(settings.name)
        return self.seen[0]


def handle(d):
    return Failure("x").explain()
