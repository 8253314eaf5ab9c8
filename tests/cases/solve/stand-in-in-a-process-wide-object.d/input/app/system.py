from app.store import store


class System:
    def __init__(self):
        self.store = None
        self.store = store

    def put(self, raw):
        self.store.put(raw)


system = System()
