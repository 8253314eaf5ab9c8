# leak: a level of the logging module is named after the bot
import logging

from app.config import settings

ANNOUNCE = 25


async def handle(d):
    if logging.getLevelName(ANNOUNCE).startswith("Level"):
        logging.addLevelName(ANNOUNCE, settings.name.upper())
    record = logging.LogRecord("bot", ANNOUNCE, __file__, 1, d["text"], None, None)
    return logging.Formatter("%(levelname)s %(message)s").format(record)
