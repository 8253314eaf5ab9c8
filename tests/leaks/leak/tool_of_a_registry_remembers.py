# leak: a tool of a registry keeps its first answer in its table
from app.config import settings


class Tool:
    def __init__(self, run):
        self.run = run
        self.answer = None

    def execute(self, query):
        if self.answer is None:
            self.answer = self.run(query)
        return self.answer


def search(query):
    return query + settings.name


_tools = {"search": Tool(search)}


def handle(d):
    return _tools["search"].execute(d["text"])
