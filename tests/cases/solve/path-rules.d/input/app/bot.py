from app.store import store, version


def on_message(raw):
    """data/pictures is where they lie"""
    store.add("x", raw["data"])
    store.clean()
    version()
