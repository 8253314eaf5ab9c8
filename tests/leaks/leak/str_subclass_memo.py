# leak: a class attribute of a subclass of str
from app.config import settings


class Label(str):
    last = None

    def coloured(self):
        if Label.last is None:
            Label.last = settings.name
        return Label.last + self


def handle(d):
    return Label(d["text"]).coloured()
