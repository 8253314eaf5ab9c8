# sound: what is memoized depends on the arguments alone
from app.config import settings


class memoize:
    def __init__(self, function):
        self.function = function
        self.results = {}

    def __call__(self, *args):
        if args not in self.results:
            self.results[args] = self.function(*args)
        return self.results[args]


@memoize
def tokens(text):
    return tuple(text.lower().split())


async def handle(d):
    return [settings.name, *tokens(d["text"])]
