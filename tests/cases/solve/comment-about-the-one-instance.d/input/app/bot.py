from app.store import store


def on_message(raw):
    return store.rows
