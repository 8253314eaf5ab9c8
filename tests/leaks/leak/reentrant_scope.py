# leak: leaving the scope does not take off what was put on it
from app.config import settings


class Scope:
    def __init__(self):
        self.tags = []
        self.depth = 0

    def __enter__(self):
        self.depth += 1
        return self

    def __exit__(self, *error):
        self.depth -= 1
        if self.depth < 0:
            self.tags.clear()
        return False

    def tag(self, text):
        self.tags.append(text)


scope = Scope()


async def handle(d):
    with scope as current:
        current.tag(f"bot={settings.name}")
        return list(current.tags)
