import pickle
from app.config import get_settings


class Sheet:
    def __init__(self, size):
        self.size = size

    def __getstate__(self):
        return {"size": self.size}

    def show(self):
        return f"{self.size}{get_settings().owner}"


class Restored:
    def __init__(self, size):
        self.size = size

    def __setstate__(self, state):
        self.size = state["size"]

    def show(self):
        return f"{self.size}{get_settings().owner}"


class Wider(Restored):
    def wide(self):
        return self.show() + get_settings().owner


class Usual:
    def show(self):
        return get_settings().owner


def copied(key):
    sheets = [Sheet(1), Restored(2), Wider(3)]
    return [pickle.loads(pickle.dumps(sheet)) for sheet in sheets], Sheet(1).show(), Wider(3).wide(), Usual().show()
