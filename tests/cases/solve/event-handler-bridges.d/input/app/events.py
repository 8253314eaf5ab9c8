class Handler:
    def execute(self, event):
        raise NotImplementedError


class Bus:
    def __init__(self):
        self.handlers = []

    def fire(self, event):
        for handler in self.handlers:
            handler.execute(event)
