# sound: a stack of context managers is the message's
from contextlib import ExitStack, nullcontext

from app.config import settings


async def handle(d):
    with ExitStack() as stack:
        return stack.enter_context(nullcontext(settings.name)) + d["text"]
