from app.config import settings

TITLE = settings.title


class Writer:
    def __init__(self, name):
        self.name = name

    def greet(self):
        return f"{self.name}, I am {settings.nickname}"

    def sign(self):
        return settings.nickname


def unused():
    return settings.nickname
