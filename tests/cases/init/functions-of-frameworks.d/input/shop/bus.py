class Bus:
    def __init__(self):
        self.handlers = []

    def on(self, name):
        def keep(handler):
            self.handlers.append(handler)
            return handler

        return keep


bus = Bus()
