from functools import cached_property

from app.config import settings


class Tool:
    @cached_property
    def limit(self):
        return settings.limit

    def __call__(self, x):
        return x * settings.factor

    def __enter__(self):
        return settings.entered

    def __exit__(self, *exc):
        pass


def on_message(raw):
    tool = Tool()
    with tool as t:
        return tool(1), tool.limit, t
