# leak: << of a class of the tree
from app.config import settings

SEEN = []


class Out:
    def __lshift__(self, line):
        SEEN.append(line)
        return self

    def __contains__(self, line):
        SEEN.append(line)
        return True


async def handle(d):
    out = Out()
    out << settings.name
    return list(SEEN)
