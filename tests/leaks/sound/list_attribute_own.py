# sound: a list that __init__ makes, with the name of one of the class
from app.config import settings


class Page:
    words: list = []

    def __init__(self):
        self.words = []

    def show(self):
        self.words.append(settings.name)
        return self.words


def handle(d):
    return Page().show()
