# leak: setattr on a module
import sys

from app.config import settings

_this = sys.modules[__name__]
title = None


def handle(d):
    if title is None:
        setattr(_this, "title", settings.name)
    return title
