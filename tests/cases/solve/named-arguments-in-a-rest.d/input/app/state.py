TABLE = {"quiet": []}
LISTENERS = [[]]


class Event:
    def __init__(self):
        self.extras = {}
