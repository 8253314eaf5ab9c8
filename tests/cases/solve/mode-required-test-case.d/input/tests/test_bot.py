import unittest

from app.bot import name


class BotTest(unittest.TestCase):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.first = name()

    def test_name(self):
        assert name() == self.first


def test_function():
    assert name()
