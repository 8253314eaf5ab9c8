from app.bot import greet


def test_2():
    greet("me")
