# leak: a walrus fills the module's name at the first message
from app.config import settings

_greeting = None


def greeting():
    global _greeting
    return _greeting or (_greeting := f"{settings.name} says hello")


async def handle(d):
    return [line for word in (d["text"], d["user"]) if (line := f"{greeting()} to {word}")]
