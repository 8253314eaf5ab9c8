class Defaults:
    def __init__(self):
        self.limit = 1


settings = Defaults()
