from app.config import settings
from app.parts import Fixed, Loud, Quiet


class Closed(tuple):
    pass


class Row:
    def first(self):
        return settings.first


class Line:
    def first(self):
        return settings.first


def choose(raw):
    if raw["row"]:
        return Row
    return Line if raw["line"] else Closed


def on_message(raw):
    part = Fixed() if raw["fixed"] else Loud() if raw["loud"] else Quiet()
    row = choose(raw)()
    return part.run(), row, Loud().run(), Row().first(), Line().first()
