from app.config import settings


class Event:
    def __init__(self, raw):
        self.raw = raw

    def greeting(self):
        return settings.name


class Note(Event):
    def sign(self):
        return settings.name + self.greeting()
