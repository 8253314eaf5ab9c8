import threading

from app.config import settings


class Worker(threading.Thread):
    def run(self):
        print(settings.name)


class Mixin:
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.mixed = True


class Mixed(Mixin):
    def run(self):
        print(settings.name)


def on_message(raw):
    Worker(daemon=True).start()
    Mixed().run()
