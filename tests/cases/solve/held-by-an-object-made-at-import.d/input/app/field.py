from app.config import settings


class Field:
    def __init__(self, name):
        self.name = name
        self.size = settings.size

    def parse(self, value):
        return value or settings.defaults[self.name]
