from app.bot import greet


def test_1():
    greet("me")
