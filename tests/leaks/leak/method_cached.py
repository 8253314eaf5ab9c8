# leak: functools.cache on a method of a service that lasts
from functools import cache

from app.config import settings


class Prompts:
    def __init__(self, language):
        self.language = language

    @cache
    def system_prompt(self):
        return f"({self.language}) You are {settings.name}."

    def build(self, text):
        return [self.system_prompt(), text]


prompts = Prompts("en")


async def handle(d):
    return prompts.build(d["text"])
