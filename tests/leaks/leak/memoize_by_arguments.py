# leak: a hand-written memo decorator keys by the arguments, not by whose settings were read
from app.config import settings


class memoize:
    def __init__(self, function):
        self.function = function
        self.results = {}

    def __call__(self, *args, **kwargs):
        key = (args, tuple(sorted(kwargs.items())))
        if key not in self.results:
            self.results[key] = self.function(*args, **kwargs)
        return self.results[key]


@memoize
def render(template, user=""):
    return template.format(bot=settings.name, user=user)


async def handle(d):
    return render("{bot} greets {user}", user=d["user"])
