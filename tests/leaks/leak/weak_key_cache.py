# leak: a weak dictionary keyed by the function, which lives as long as the module
import weakref

from app.config import settings

_prompts = weakref.WeakKeyDictionary()


def prompt_of(command):
    if command not in _prompts:
        _prompts[command] = f"[{settings.name}] {command.__name__}>"
    return _prompts[command]


def greet(user):
    return f"hi {user}"


def leave(user):
    return f"bye {user}"


COMMANDS = {"hi": greet, "bye": leave}


async def handle(d):
    command = COMMANDS[d["text"]]
    return prompt_of(command) + command(d["user"])
