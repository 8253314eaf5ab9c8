from app.stream import Stream


class Message:
    def __init__(self, raw):
        self.raw = raw
        self.stream = None

    def attach(self, stream):
        self.stream = stream
