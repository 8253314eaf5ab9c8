from app.docs import Kept


def on_message(raw):
    return Kept(raw).read()
