from app.config import get_settings


class Shape:
    def draw(self, key):
        raise NotImplementedError

    @classmethod
    def all_below(cls):
        return [found() for found in cls.__subclasses__()]


class Circle(Shape):
    def draw(self, key):
        return get_settings().owner + key


class Square(Shape):
    def __init__(self):
        self.size = len(get_settings().owner)

    def draw(self, key):
        return key * self.size


def every():
    return [cls() for cls in Shape.__subclasses__()]


def in_order():
    return [cls() for cls in sorted(Shape.__subclasses__(), key=str)]


def on_message(key):
    return [shape.draw(key) for shape in every() + in_order() + Shape.all_below()]
