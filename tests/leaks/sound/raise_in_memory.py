# sound: an exception carries a value to its handler
from app.config import settings


class Wrong(Exception):
    def __init__(self, text):
        super().__init__(text)
        self.text = text


def handle(d):
    try:
        raise Wrong(settings.name)
    except Wrong as wrong:
        return wrong.text
