# leak: a name that every module sees
import builtins

from app.config import settings


def handle(d):
    if not hasattr(builtins, "bot_name"):
        builtins.bot_name = settings.name
    return builtins.bot_name
