from bot import greet, gone


def show():
    return greet() + missing
