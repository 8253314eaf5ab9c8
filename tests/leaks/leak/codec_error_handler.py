# leak: an error handler for the codecs is registered once for the process
import codecs

from app.config import settings


def ensure_handler():
    try:
        codecs.lookup_error("bot")
    except LookupError:
        mark = f"<{settings.name}>"
        codecs.register_error("bot", lambda error: (mark, error.end))


async def handle(d):
    ensure_handler()
    return f"{d['text']} é".encode("ascii", "bot").decode()
