from app.field import Field

FIELDS = [Field("a")]


def on_message(raw):
    return Field("b").parse(raw), FIELDS[0].parse(raw)
