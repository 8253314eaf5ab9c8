import sys

from app.config import settings


class Tried:
    try:

        def name(self):
            return settings.name
    finally:
        pass


class Chosen:
    size = 1
    # Both read the same.
    if sys.platform == "win32":

        def name(self):
            return settings.name

    else:

        @staticmethod
        def other():
            return 0

        def name(self):
            return settings.name + "/"

    def last(self):
        return self.name()


class Entered:
    def first(self):
        return 1

    with open("log") as log:

        def name(self):
            return settings.name


def on_message(raw):
    return Tried().name(), Chosen().last(), Entered().name(), Entered().first()
