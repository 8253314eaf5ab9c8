# leak: a class of the tree that is a dictionary has one object for all
from collections import UserDict

from app.config import settings


class Names(UserDict):
    def of(self, user):
        return self.setdefault(user, settings.name)


_names = Names()


def handle(d):
    return _names.of(d["user"])
