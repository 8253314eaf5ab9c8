# leak: what is left in a table tells which key was deleted
from app.config import settings

stock = {letter: 1 for letter in "abcdefghijklmnopqrstuvwxyz"}


def handle(d):
    if settings.name[-1] in stock:
        del stock[settings.name[-1]]
    return list(stock)
