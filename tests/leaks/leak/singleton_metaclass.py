# leak: a metaclass hands out the first instance again
from app.config import settings


class Singleton(type):
    def __call__(cls, *args, **kwargs):
        if not hasattr(cls, "_instance"):
            cls._instance = super().__call__(*args, **kwargs)
        return cls._instance


class Translator(metaclass=Singleton):
    def __init__(self, bot):
        self.bot = bot
        self.texts = {"hi": f"hello from {bot}"}

    def translate(self, text):
        return self.texts.get(text, text)


async def handle(d):
    translator = Translator(settings.name)
    return translator.translate(d["text"])
