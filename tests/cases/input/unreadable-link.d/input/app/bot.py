def on_message(raw):
    return raw
