# leak: `in` of a class of the tree
from app.config import settings


class Filter:
    seen = []

    def __contains__(self, line):
        found = line in self.seen
        self.seen.append(line)
        return found


async def handle(d):
    return [settings.name in Filter(), list(Filter.seen)]
