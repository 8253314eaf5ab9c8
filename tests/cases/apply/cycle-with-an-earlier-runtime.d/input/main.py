from web.config import limits


def on_message(text):
    return limits["words"] * text
