# leak: a hand-made LRU cache of rendered replies is keyed by the message's text only
from collections import OrderedDict

from app.config import settings


class Lru:
    def __init__(self, limit):
        self.limit = limit
        self.entries = OrderedDict()

    def get_or(self, key, make):
        try:
            self.entries.move_to_end(key)
        except KeyError:
            self.entries[key] = make()
            if len(self.entries) > self.limit:
                self.entries.popitem(last=False)
        return self.entries[key]


replies = Lru(128)


def render(text):
    words = " ".join(settings.words)
    return f"you said {text}; I say {words}"


def handle(d):
    text = d["text"].strip().lower()
    return replies.get_or(text, lambda: render(text))
