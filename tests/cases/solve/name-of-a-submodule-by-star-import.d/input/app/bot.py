from app.data import rows, store


def on_message(raw):
    return store.put(raw), rows.read()
