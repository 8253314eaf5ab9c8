# leak: the overrides are written to a parser that all read
import configparser

from app.config import settings

overrides = configparser.ConfigParser()
overrides.read_string("[bot]\nprefix = !\n")


def apply_overrides():
    if not overrides.has_option("bot", "name"):
        overrides.set("bot", "name", settings.name)


async def handle(d):
    apply_overrides()
    bot = overrides["bot"]
    return f"{bot['prefix']}{d['text']} ({bot['name']})"
