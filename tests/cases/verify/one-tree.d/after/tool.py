from bot import greet


def show():
    return greet()
