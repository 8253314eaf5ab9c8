# leak: the default of a dataclass's field is one object for all the instances
from dataclasses import dataclass, field

from app.config import settings


class Footer:
    def __init__(self):
        self.lines = []

    def add(self, line):
        if line not in self.lines:
            self.lines.append(line)

    def __hash__(self):
        return id(self)


@dataclass
class Reply:
    text: str
    footer: Footer = field(default=Footer())

    def render(self):
        return "\n".join([self.text, *self.footer.lines])


async def handle(d):
    reply = Reply(d["text"])
    reply.footer.add(f"sent by {settings.name}")
    return reply.render()
