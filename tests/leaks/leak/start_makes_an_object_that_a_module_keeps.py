# leak: an object that is made for each tenant and kept for all
from app.config import settings


class Desk:
    def __init__(self):
        self.sign = settings.name


desks = []


def open_desk():
    desks.append(Desk())


def start():
    open_desk()


def handle(d):
    return desks[-1].sign
