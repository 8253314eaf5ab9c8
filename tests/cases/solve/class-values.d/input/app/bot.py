from app.parts import Heavy, Light, Part


def build(part_class: type[Part], name):
    return part_class(name)


def on_message(raw):
    return build(Heavy, raw).show(), build(Light, raw).show()
