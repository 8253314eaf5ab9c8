# sound: a method gives the append of a list of this message
from app.config import settings


class Sheet:
    def __init__(self):
        self.rows = []

    def adder(self):
        return self.rows.append


def handle(d):
    sheet = Sheet()
    sheet.adder()(settings.name)
    return sheet.rows[:]
