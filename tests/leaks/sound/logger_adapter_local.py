# sound: the adapter with the name is the message's, the handler formats into a local buffer and is taken off
import io
import logging

from app.config import settings

log = logging.getLogger("bot.sound")
log.propagate = False


async def handle(d):
    buffer = io.StringIO()
    handler = logging.StreamHandler(buffer)
    log.addHandler(handler)
    try:
        logging.LoggerAdapter(log, {"bot": settings.name}).warning("%s", d["text"])
    finally:
        log.removeHandler(handler)
    return f"{settings.name}: {buffer.getvalue()}"
