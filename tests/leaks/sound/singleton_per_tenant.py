# sound: a module-level object that becomes one for each tenant
from app.config import settings


class Names:
    def __init__(self):
        self.cache = {}

    def get(self, user):
        if user not in self.cache:
            self.cache[user] = settings.name
        return self.cache[user]


names = Names()


def handle(d):
    return names.get(d["user"])
