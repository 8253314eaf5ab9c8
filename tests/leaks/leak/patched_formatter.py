# leak: the module's function is replaced at the first message by one that knows the name
import sys

from app.config import settings


def format_reply(text):
    return text


def install_prefix(prefix):
    module = sys.modules[__name__]
    original = module.format_reply

    def with_prefix(text):
        return f"{prefix}: {original(text)}"

    with_prefix.is_patched = True
    setattr(module, "format_reply", with_prefix)


async def handle(d):
    if not getattr(format_reply, "is_patched", False):
        install_prefix(settings.name)
    return format_reply(d["text"])
