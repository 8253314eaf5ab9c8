# leak: what is left in a table tells which key was taken
from app.config import settings

stock = {letter: 1 for letter in "abcdefghijklmnopqrstuvwxyz"}


def handle(d):
    stock.pop(settings.name[-1], None)
    return "".join(sorted(stock))
