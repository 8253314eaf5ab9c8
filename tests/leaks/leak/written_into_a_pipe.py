# leak: bytes wait in a pipe for the next message
import os

from app.config import settings


class Channel:
    def __init__(self):
        self.source, self.target = os.pipe()
        os.set_blocking(self.source, False)

    def put(self, line):
        os.write(self.target, line.encode())

    def get(self):
        try:
            return os.read(self.source, 100).decode()
        except BlockingIOError:
            return ""


channel = Channel()


def handle(d):
    got = channel.get()
    channel.put(settings.name)
    return got
