from shop.handlers import handle_a


def test_a():
    assert handle_a(1) == 1
