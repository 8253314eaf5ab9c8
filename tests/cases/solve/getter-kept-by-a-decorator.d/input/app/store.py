import functools


class Store:
    def __init__(self, path):
        self.path = path


@functools.lru_cache(maxsize=1)
def get_store():
    return Store(
        "store",
    )


@functools.cache
def get_log():
    store = Store("log")
    store.path += "s"
    return store


@functools.cache
def get_asked():
    return Store("asked")
