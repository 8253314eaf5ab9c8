# sound: an exception that carries the value does not get out of who swallows it; what is kept is another one
from app.config import settings

last_error = None


def check(text):
    raise ValueError(settings.name + text)


def ask(text):
    try:
        check(text)
    except Exception:
        return len(text)


def read(text):
    if ask(text) < 1000:
        raise KeyError("too short")


async def handle(d):
    global last_error
    try:
        read(d["text"])
    except KeyError as error:
        last_error = error
    return str(last_error)
