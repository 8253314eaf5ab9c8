# leak: a variable of the environment is set if it is not yet
import os

from app.config import settings


def export_identity():
    os.environ.setdefault("BOT_IDENTITY", settings.name)


def signature():
    return os.path.expandvars("-- $BOT_IDENTITY")


async def handle(d):
    export_identity()
    return f"{d['text']} {signature()}"
