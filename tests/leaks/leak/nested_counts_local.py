# leak: what is in an inner table is listed under a local name
from app.config import settings


class Stats:
    def __init__(self):
        self.by_day = {}

    def add(self, day, name):
        self.by_day.setdefault(day, {})[name] = True

    def names(self, day):
        seen = self.by_day[day]
        return [name for name in seen]


stats = Stats()


async def handle(d):
    stats.add("today", settings.name)
    return stats.names("today")
