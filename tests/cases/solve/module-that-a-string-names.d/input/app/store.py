class Store:
    def __init__(self):
        self.rows = []


store = Store()


def rows():
    return store.rows


class Reader:
    def read(self):
        return store.rows
