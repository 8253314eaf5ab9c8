class Message:
    def __init__(self, raw):
        self.raw = raw
