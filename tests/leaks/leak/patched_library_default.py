# leak: a function of a library gets another default
import textwrap

from app.config import settings


def ensure_placeholder():
    wrapper = textwrap.TextWrapper.__init__
    if wrapper.__kwdefaults__["placeholder"] == " [...]":
        wrapper.__kwdefaults__["placeholder"] = f" [{settings.name}]"


async def handle(d):
    ensure_placeholder()
    return textwrap.shorten(f"{d['text']} and much more than fits", width=16)
