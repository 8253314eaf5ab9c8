def get_setting(key, default):
    return default


def limit(key):
    return 1


class Cache:
    def __init__(self, key: str, size: int):
        self.size = size


def on_message(raw):
    cache = Cache(raw, get_setting("size", limit("size")))
    return cache.size, get_setting("name", "")
