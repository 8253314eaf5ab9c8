from concurrent.futures import ThreadPoolExecutor

from app.config import settings

pool = ThreadPoolExecutor(1)


def louder(cls):
    class Louder(cls):
        def run(self, key):
            return super().run(key).upper()

    return Louder


@louder
class Voice:
    def run(self, key):
        return settings.owner + key

    def rest(self, key):
        return settings.owner + key


def logged(base):
    class Logged(base):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.seen = 0

        def send(self, key):
            self.seen += 1
            return super().send(key)

    return Logged


class Mail:
    def __init__(self, to):
        self.to = to

    def send(self, key):
        return settings.owner + self.to + key


LoggedMail = logged(Mail)


class Plain:
    def show(self, key):
        return settings.owner + key


class Fancy(logged(Plain)):
    def send(self, key):
        return self.show(key)


def counted(base):
    class Counted(base):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.count = 0

    return Counted


class Note:
    def __init__(self, text):
        self.text = text

    def say(self, key):
        return settings.owner + self.text + key


class Empty:
    pass


def speak(key):
    return Voice().run(key) + Voice().rest(key)


def on_message(raw):
    counted(Empty)()
    counted(dict)(a=1)
    note = counted(Note)("n")
    note.say(raw)
    return pool.submit(speak, raw).result() + LoggedMail("m").send(raw) + Fancy().send(raw)
