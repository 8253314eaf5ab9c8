from app.config import settings


class Receiver:  # made once, at import, whatever tests make
    def answer(self):
        return settings.name


class Bot:
    def __init__(self):
        self.receiver = Receiver()


bot = Bot()
names = []


def keep(session):
    names.append(session.read("all"))  # what a test has read


def render(name):
    return settings.title + name


def on_message(raw):
    with raw.session() as session:
        session.read(settings.name)
    return bot.receiver.answer() + render(raw.name)
