from app.greet import greet


def other(:
    return greet("x")
