# leak: an object used as a decorator keeps results
from app.config import settings


class memo:
    def __init__(self, function):
        self.function = function
        self.results = {}

    def __call__(self, user):
        if user not in self.results:
            self.results[user] = self.function(user)
        return self.results[user]


@memo
def label(user):
    return settings.name + user


def handle(d):
    return label(d["user"])
