# leak: a class of lists hands its first rows to the constructor of list
from app.config import settings

ALL = []


class Rows(list):
    def __init__(self):
        super().__init__([settings.name])


def handle(d):
    ALL.append(Rows()[0])
    return ALL[:]
