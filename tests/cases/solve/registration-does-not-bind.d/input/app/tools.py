from app.config import settings

TOOLS = {}


def register_tool(name, execute):
    TOOLS[name] = execute


def search(text):
    return text + settings.name


def initialise():
    register_tool("search", execute=search)
