from core import database


def answer(text):
    database.keep(text, 1)
