import functools
import inspect
from app.config import get_settings


def read(key):
    return get_settings().owner + key


def gaussian(x, height=1):
    return read(f"{x}{height}")


class Model:
    def __init__(self, function):
        self.function = function
        self.names = list(inspect.signature(self.function).parameters)

    def value(self, **values):
        return self.function(**{name: values.get(name, 0) for name in self.names})


def two(left, right):
    return read(left + right)


def one(left):
    return read(left)


def call(callback):
    if len(inspect.signature(callback).parameters) == 2:
        return callback("a", "b")
    return callback("a")


def old(left):
    return read(left)


def by_code(function):
    names = function.__code__.co_varnames[: function.__code__.co_argcount + function.__code__.co_kwonlyargcount]
    return function(**dict.fromkeys(names, "n"))


def logged(function):
    signature = inspect.signature(function)

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        return f"{len(bound.arguments) > 0} {function(*args, **kwargs)}"

    return wrapper


@logged
def shown(key):
    return read(key)


class Plain:
    def ready(self, client, database):
        return client + database


class Asking(Plain):
    def ready(self, client, database):
        return read(client + database)


class Short(Plain):
    def ready(self, client):
        return read(client)


def start(plain: Plain):
    if len(inspect.signature(plain.ready).parameters) == 2:
        return plain.ready("c", "d")
    return plain.ready("c")


def tool(key, chat="c"):
    return read(key + chat)


def use_tool(function, **arguments):
    parameters = inspect.signature(function)
    if "chat" in parameters.parameters:
        arguments["chat"] = "given"
    return function("t", **arguments)


def run(key):
    return Model(gaussian).value(x=1, height=2), call(two), call(one), by_code(old), shown(key), gaussian(3), start(Plain()), start(Asking()), start(Short()), use_tool(tool)
