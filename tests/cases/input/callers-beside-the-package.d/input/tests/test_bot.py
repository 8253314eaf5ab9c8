from app import bot


def test_name():
    assert bot.name("x")
