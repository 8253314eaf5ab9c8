from app.field import Field


class Form:
    size = Field("size")


def on_message(raw):
    return Form.size.parse(raw), Form().size.parse(raw)
