from app.config import settings


class Base:
    def __init__(self, name):
        self.name = name

    @classmethod
    def default(cls):
        return cls("default")

    def limit(self):
        return settings.limit
