from app.config import settings


class Session:
    def __init__(self, raw):
        self.raw = raw

    def name(self):
        return settings.name


def helper():
    return settings.only_in_the_script


def both():
    return settings.also_at_the_start


def on_message(raw):
    return Session(raw).name(), both()


def main():
    return both()
