from app.config import settings


class Suffix:
    def __call__(self, function):
        def wrapper():
            return function() + settings.suffix

        return wrapper


class Counted:
    def __init__(self, function):
        def run():
            return function(), settings.limit

        self.run = run


class Plugin:
    def __init_subclass__(cls):
        def describe():
            return settings.title

        cls.describe = describe


class Field:
    def __set_name__(self, owner, name):
        self.read = lambda: settings.fields[name]


class Meta(type):
    def __new__(mcs, name, bases, namespace):
        def label():
            return settings.labels[name]

        namespace["label"] = label
        return super().__new__(mcs, name, bases, namespace)
