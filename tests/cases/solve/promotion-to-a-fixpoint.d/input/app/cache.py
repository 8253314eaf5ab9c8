from app.store import store


class Cache:
    def __init__(self):
        self.path = store.path + "/cache"

    def get(self, key):
        return self.path + key


cache = Cache()
