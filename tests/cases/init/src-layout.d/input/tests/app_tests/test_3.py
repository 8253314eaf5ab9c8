from app.bot import greet


def test_3():
    greet("me")
