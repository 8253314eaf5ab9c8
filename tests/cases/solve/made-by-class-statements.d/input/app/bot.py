from app.hooks import Counted, Field, Meta, Plugin, Suffix


@Suffix()
def title():
    return "for "


@Counted
def count():
    return 1


class Mine(Plugin):
    size = Field()


class Labelled(metaclass=Meta):
    pass


def on_message(raw):
    return title(), count.run(), Mine.describe(), Mine.size.read(), Labelled.label()
