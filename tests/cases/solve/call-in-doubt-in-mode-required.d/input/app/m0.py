import operator
from app.config import get_settings


def read(key):
    return get_settings().owner + key


class Asked:
    def run(self, key):
        return read(key)


class Thing:
    def work(self, key):
        return read(key)


class Other:
    def known(self, key):
        return read(key)


def by_name(key):
    return operator.methodcaller("run", key)(Asked())


def by_parameter(thing, key):
    return thing.work(key)


def sure(key):
    return Other().known(key)


class Store:
    def load(self, key):
        return read(key)


class Shelf:
    def load(self, key):
        return key


def one_of_two(shelf, key):
    return Store().load(key) + shelf.load(key)
