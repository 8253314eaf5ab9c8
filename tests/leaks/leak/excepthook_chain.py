# leak: sys.excepthook is wrapped at the first message
import sys

from app.config import settings

seen = []


def ensure_hook():
    if sys.excepthook is sys.__excepthook__:
        label = settings.name

        def hook(kind, error, traceback):
            error.args = (f"{label}: {error}",)

        sys.excepthook = hook


async def handle(d):
    ensure_hook()
    try:
        raise ValueError(d["text"])
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
        return str(error)
