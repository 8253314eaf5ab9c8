from app.rows import Line, Options, Row, Wide, dump


def on_message(raw):
    return Row(1).copy().title(), Wide(2).limit(), Line().name(), Options(a=1).first(), dump(Line())
