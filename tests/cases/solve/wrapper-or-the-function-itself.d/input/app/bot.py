from app.config import settings
from app.marks import counted, expect, once, plain


class Layer:
    def __init__(self):
        self.state = self.start

    def handle(self, event):
        yield from self.state(event)

    @expect(str)
    def start(self, event):
        yield settings["limit"]
        self.state = self.done

    @expect(str, bytes)
    def done(self, event):
        yield settings["limit"] + 1


@counted
def size(raw):
    return len(raw) + settings["limit"]


@plain
def double(raw):
    return 2 * settings["limit"]


@once
class Pager:
    def __init__(self, raw):
        self.limit = settings["limit"]


LAYER = Layer()


def on_message(raw):
    return list(LAYER.handle(raw)), size(raw), double(raw), Pager(raw).limit
