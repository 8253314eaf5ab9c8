# What an object that may be anything was given under a name, it has under that name.
from types import SimpleNamespace

from app.kinds import Manager, Other


def given(app=None):
    app = app or SimpleNamespace()
    app.manager = Manager()
    app.manager.start()


def given_another():
    app = SimpleNamespace()
    app.manager = Manager()
    app.manager = Other()
    app.manager.start()


def in_one_branch(flag):
    app = SimpleNamespace()
    if flag:
        app.manager = Manager()
    app.manager.start()


def later():
    app = SimpleNamespace()

    def inner():
        app.manager.start()

    app.manager = Manager()
    return inner


class Holder:
    def __init__(self):
        self.manager = Other()

    def other(self):
        self.manager = Manager()


def of_a_class(holder: Holder):
    holder.manager = Manager()
    holder.other()
    holder.manager.start()
