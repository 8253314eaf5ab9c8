import unittest
from typing import Generic, TypeVar

from app.config import settings

T = TypeVar("T")


class Base:
    def __init__(self, name="x"):
        self.name = name

    def limit(self):
        return settings["a"]


class Table(dict, Base):
    def __init__(self):
        super().__init__()


class Below(Table):
    def __init__(self):
        super().__init__()


class FullStackTest(unittest.TestCase, Base):
    def __init__(self, method="runTest"):
        super().__init__(method)


class Ours(Base, dict):
    def __init__(self):
        super().__init__("ours")


class Typed(Generic[T], Base):
    def __init__(self):
        super().__init__("typed")


def run():
    return [Table(), Below(), Ours(), Typed(), FullStackTest()]
