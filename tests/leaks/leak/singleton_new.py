# leak: __new__ hands the one instance out, and __init__ fills it if it is empty
from app.config import settings


class Translator:
    _instance = None

    def __new__(cls, *args):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __init__(self, bot):
        if not hasattr(self, "bot"):
            self.bot = bot

    def translate(self, text):
        return f"{text} ({self.bot})"


async def handle(d):
    return Translator(settings.name).translate(d["text"])
