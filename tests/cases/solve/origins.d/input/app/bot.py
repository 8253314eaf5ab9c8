from app.reply import only_messages, shared


def on_message(raw):
    return only_messages(), shared()
