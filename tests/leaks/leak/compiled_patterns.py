# leak: the pattern for a command is compiled once, with the bot's name in it
import re

from app.config import settings


class Matcher:
    patterns = {}

    @classmethod
    def get(cls, command):
        pattern = cls.patterns.get(command)
        if not pattern:
            pattern = cls.patterns[command] = re.compile(rf"(?:@{settings.name} )?{command}")
        return pattern


async def handle(d):
    return bool(Matcher.get("hi").fullmatch("@a hi")), bool(Matcher.get("hi").fullmatch(d["text"]))
