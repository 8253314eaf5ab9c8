from app.web import call


def on_message(raw):
    return call(len, raw)
