import unittest

from app.config import settings


class Base(unittest.TestCase):
    def log(self):
        return None


class Child(Base):
    def __init__(self, name="run"):
        self.name = name
        Base.__init__(self, name)

    def run(self):
        return settings.name


def on_message(raw):
    return Child(raw).run()
