from app import cache, get_store, moods


def show():
    return moods.now() + get_store().path() + cache.path()
