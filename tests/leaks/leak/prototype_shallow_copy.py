# leak: a shallow copy of the prototype has the prototype's list
import copy

from app.config import settings


class Embed:
    def __init__(self, title):
        self.title = title
        self.fields = []

    def add_field(self, name, value):
        self.fields.append((name, value))
        return self

    def render(self):
        return self.title + "".join(f"\n{name}={value}" for name, value in self.fields)


HELP = Embed("Help")


async def handle(d):
    embed = copy.copy(HELP)
    embed.title = f"Help for {d['user']}"
    return embed.add_field("bot", settings.name).render()
