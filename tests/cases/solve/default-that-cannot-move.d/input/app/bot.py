from app.config import settings

SCALE = 2


class Box:
    WIDTH = 3

    def in_class(self, size=settings.size * WIDTH):
        return size


def shadowed(size=settings.size * SCALE):
    SCALE = 5
    return size * SCALE


def by_parameter(text, size=settings.size + len("text"), len=None):
    return text, size


def of_the_module(size=settings.size * SCALE):
    return size


def own_names(sizes=[SCALE * settings.size for SCALE in range(3)]):
    SCALE = 5
    return sizes, SCALE


def on_message(raw):
    return Box().in_class(), shadowed(), by_parameter("a"), of_the_module(), own_names()
