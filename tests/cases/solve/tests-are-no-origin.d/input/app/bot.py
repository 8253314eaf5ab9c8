from app.config import settings


class Session:
    def __init__(self, raw):
        self.raw = raw

    def name(self):
        return settings.name


def helper():
    return settings.only_tested


def on_message(raw):
    return Session(raw).name()
