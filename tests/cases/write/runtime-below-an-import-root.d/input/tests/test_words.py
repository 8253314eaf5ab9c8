from app.words import is_short


def test_short():
    assert is_short("one")
