import logging
import threading

from app.config import settings


class Handler(logging.Handler):
    def emit(self, record):
        print(settings.prefix, record)


class Worker(threading.Thread):
    def __init__(self, items):
        super().__init__()
        self.items = items

    def run(self):
        return [i * settings.factor for i in self.items]


def on_message(raw):
    logging.getLogger().addHandler(Handler())
    Worker(raw).start()
