# leak: a tool of a table keeps its answer on itself
from app.config import settings


def search(d):
    if not hasattr(search, "answer"):
        search.answer = settings.name + d["text"]
    return search.answer


TOOLS = {"search": search}


def handle(d):
    return TOOLS["search"](d)
