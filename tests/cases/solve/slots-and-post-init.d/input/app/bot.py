from dataclasses import dataclass, field

from app.config import settings


class Slots:
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x

    def size(self):
        return settings.size * self.x


@dataclass
class Post:
    x: int
    limit: int = field(init=False)
    y: int = field(default_factory=lambda: settings.y)

    def __post_init__(self):
        self.limit = settings.limit


def on_message(raw):
    return Slots(1).size(), Post(2).limit
