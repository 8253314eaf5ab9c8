from app.store import store


def on_message(raw):
    return store.name_of(raw)
