from app.base import Component
from app.config import settings


class Reply(Component):
    def text(self):
        return settings.text


def on_message(raw):
    return Reply(raw).text()
