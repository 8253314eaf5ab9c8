from app.config import settings


class Node:
    def __init__(self, parent=None):
        self.parent = parent or self

    def root(self):
        return self.parent.root() if self.parent is not self else self

    def title(self):
        return settings.title


def a(n):
    return b(n).root()


def b(n):
    return a(n) if n is None else n.root()


def on_message(raw):
    return a(Node()).title()
