settings = object()


def load(new):
    global settings
    settings = new


class Bot:
    def __init__(self):
        self.limits = object()
