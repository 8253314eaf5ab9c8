from app.config import describe


def on_message(raw):
    return describe()
