# sound: the cached function is given the bot's name as an argument
from functools import lru_cache

from app.config import settings


@lru_cache(maxsize=128)
def system_prompt(bot, language):
    return f"({language}) You are {bot}."


async def handle(d):
    return [system_prompt(settings.name, "en"), d["text"]]
