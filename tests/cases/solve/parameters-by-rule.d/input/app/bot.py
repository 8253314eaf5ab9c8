from app.config import settings


class Trigger:
    nick = ""


class Store:
    def save(self, nick):
        return settings.path + nick


class Bot:
    def __init__(self):
        self.store = Store()

    def say(self, text):
        return settings.prefix + text
