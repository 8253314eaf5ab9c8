# sound: a default_factory makes a list for each instance
from dataclasses import dataclass, field

from app.config import settings


@dataclass
class Reply:
    text: str
    footer: list[str] = field(default_factory=list)
    meta: dict = field(default_factory=dict, repr=False)

    def sign(self, by):
        self.footer.append(f"sent by {by}")
        self.meta["by"] = by
        return self

    def render(self):
        return "\n".join([self.text, *self.footer])


async def handle(d):
    return Reply(d["text"]).sign(settings.name).render()
