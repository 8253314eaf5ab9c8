# sound: functions that a registry of objects keeps, each called with the context of the message
from app.config import settings


class Tool:
    def __init__(self, name, run):
        self.name = name
        self.run = run

    def execute(self, **arguments):
        return self.run(**arguments)


class Registry:
    def __init__(self):
        self.tools: dict[str, "Tool"] = {}

    def register(self, tool):
        self.tools[tool.name] = tool

    def find(self, name):
        return self.tools.get(name)


_registry = Registry()


def search(query):
    return query + settings.name


def register(name, run):
    _registry.register(Tool(name, run))


register("search", search)


def handle(d):
    return _registry.find("search").execute(query=d["text"])
