# leak: a table by members of an enumeration
import enum

from app.config import settings


class Kind(enum.Enum):
    HELLO = 1

    def text(self):
        return _texts.setdefault(self, settings.name)


_texts = {}


def handle(d):
    return Kind.HELLO.text()
