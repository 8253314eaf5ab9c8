import re

from app.config import settings


def replace(match):
    return match.group() + settings.name


text = re.sub("a", replace, "banana")

import functools  # below its first reader

other = re.sub("b", replace, "banana")


def on_message(raw):
    return re.sub("a", replace, raw), functools.reduce(max, raw)
