from app.config import settings


class Store:
    def path(self):
        return settings.path


class Cache(Store):
    pass


_store = None


def get_store():
    global _store
    if _store is None:
        _store = Store()
    return _store


cache = Cache()
