from app.parts import Heavy, Light, Part


def build(part_class: type[Part]):
    return part_class()


def on_message(raw):
    return build(Heavy).show(), build(Light).show()
