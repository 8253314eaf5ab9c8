from app.greet import greet


def on_message(raw):
    return greet(raw)
