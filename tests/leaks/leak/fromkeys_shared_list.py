# leak: dict.fromkeys gives all keys one list, and the class keeps it
from app.config import settings

EVENTS = ("join", "leave", "message")


class Stats:
    seen = dict.fromkeys(EVENTS, [])

    def count(self, event, who):
        self.seen[event] += [who]
        return len(set(self.seen["join"]))


async def handle(d):
    return Stats().count("message", f"{settings.name}/{d['user']}")
