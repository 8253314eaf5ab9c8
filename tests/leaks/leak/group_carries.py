# leak: an exception in a group carries the value to who catches it, where it is remembered for all
from app.config import settings

known = {}


def fails(text):
    raise ExceptionGroup(settings.name, [ValueError(text), KeyError(settings.name)])


def ask(text):
    out = []
    try:
        fails(text)
    except* ValueError as group:
        out.append(group.message)
    except* KeyError as group:
        out.append(str(group.exceptions[0].args[0]))
    return "".join(out)


async def handle(d):
    if d["text"] not in known:
        known[d["text"]] = ask(d["text"])
    return known[d["text"]]
