# leak: objects that are alive by a cycle are found in a weak set
import gc
import weakref

from app.config import settings

gc.disable()


class Conversation:
    open = weakref.WeakSet()

    def __init__(self, bot):
        self.bot = bot
        self.me = self
        Conversation.open.add(self)


async def handle(d):
    Conversation(settings.name)
    return sorted({conversation.bot for conversation in Conversation.open})
