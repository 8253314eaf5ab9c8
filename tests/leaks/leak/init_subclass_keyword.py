# leak: __init_subclass__ keeps what the class statement says
from app.config import settings

TAGS = []


class Plugin:
    def __init_subclass__(cls, tag="", **kwargs):
        super().__init_subclass__(**kwargs)
        TAGS.append(tag)


async def handle(d):
    class Reply(Plugin, tag=settings.name):
        pass

    return list(TAGS)
