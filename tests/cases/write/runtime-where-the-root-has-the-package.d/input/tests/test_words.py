from app.words import is_short
from helper import words


def test_short():
    assert is_short(words())
