from dataclasses import dataclass

from app.config import settings


@dataclass
class Reply:
    text: str

    @property
    def long(self):
        return len(self.text) > settings.limit

    def __str__(self):
        return settings.prefix + self.text


class Holder:
    @property
    def name(self):
        return settings.name

    def __len__(self):
        return settings.size


def on_message(raw):
    return Reply(raw).long, str(Reply(raw)), Holder().name, len(Holder())
