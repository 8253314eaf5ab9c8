import atexit
import enum
import threading


class Box:
    def __new__(cls):
        return super().__new__(cls)

    def __len__(self):
        return 0

    @property
    def size(self):
        return 0


class Colour(enum.Enum):
    RED = 1

    def __init__(self, number):
        self.number = number


class Number:
    def __init__(self, number):
        self.number = number


class Size(Number, enum.Enum):
    SMALL = 1


class Meta(type):
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)


class Made(metaclass=Meta):
    pass


def registered(function):
    return function


class Wrapped:
    def __init__(self, function):
        self.function = function


@registered
def first():
    return registered(len)


@Wrapped
def second():
    return 0


class Handler(threading.Thread):
    def run(self):
        return 0


def taken(isolation_context: str):
    return isolation_context


def callback():
    return 0


atexit.register(callback)
print(Box().size, len(Box()), taken("x"))
Handler().start()
