import sys

from app.config import settings


class Kind:
    def __init__(self, name="k"):
        self.size = settings.size


if sys.platform == "linux":
    late = None
else:
    late = Kind("other")

later: Kind


def get_late():
    global late
    if not late:
        late = Kind()
    return late


def get_later():
    global later
    if not later:
        later = Kind()
    return later
