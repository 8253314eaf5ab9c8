# leak: += of a class of the tree
from app.config import settings

SEEN = []


class Log:
    def __iadd__(self, line):
        SEEN.append(line)
        return self


async def handle(d):
    log = Log()
    log += settings.name
    return list(SEEN)
