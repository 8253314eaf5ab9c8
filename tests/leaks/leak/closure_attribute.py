# leak: a closure that an object of the module has
from app.config import settings


def make():
    kept = {}

    def remember(value):
        return kept.setdefault("n", value)

    return remember


class Tool:
    def __init__(self):
        self.remember = make()


tool = Tool()


def handle(d):
    return tool.remember(settings.name)
