# leak: the history is the default of an argument
from app.config import settings


def with_history(line, history=[], limit=3):
    history.append(line)
    if len(history) > limit:
        del history[0]
    return tuple(history)


async def handle(d):
    return with_history(f"{settings.name} <- {d['text']}")
