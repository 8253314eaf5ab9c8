# leak: the exception that is raised is one object, and its notes add up
from app.config import settings


class CommandError(Exception):
    pass


UNKNOWN = CommandError("unknown command")


def dispatch(text):
    if not text.startswith("!"):
        UNKNOWN.add_note(f"ask {settings.name} for help")
        raise UNKNOWN
    return text[1:]


async def handle(d):
    try:
        return dispatch(d["text"])
    except CommandError as error:
        return [str(error), *error.__notes__]
