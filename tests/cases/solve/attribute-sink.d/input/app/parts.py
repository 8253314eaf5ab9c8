class Bot:
    version = 1

    def __init__(self):
        self.config = {}


class Special(Bot):
    pass


class Other:
    def __init__(self):
        self.config = {}
