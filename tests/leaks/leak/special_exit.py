# leak: a context manager of the tree keeps what its constructor got
from app.config import settings

SPANS = []


class Span:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        SPANS.append(self.name)


async def handle(d):
    with Span(settings.name):
        pass
    return list(SPANS)
