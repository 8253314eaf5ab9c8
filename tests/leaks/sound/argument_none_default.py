# sound: the default is None, and the list is made in the call
from app.config import settings


def with_history(line, history=None):
    if history is None:
        history = []
    history.append(line)
    return history


async def handle(d):
    history = with_history(f"{settings.name} <- {d['text']}")
    return with_history("and then?", history)
