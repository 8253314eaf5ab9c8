from app.config import settings


class Reply:
    def __init__(self, text):
        self.text = text

    def send(self):
        return settings.name + self.text


class Sender:
    def send_all(self):
        return settings.name


class Unnamed:
    def work(self):
        return settings.name


sender = Sender()


def named(text):
    return settings.name + text


def decoded(text):
    return settings.name + text


def seen(text):
    return settings.name + text


def on_message(raw):
    Unnamed().work()
    return Reply(raw).send(), named(raw), decoded(raw), seen(raw), sender.send_all()
