def on_message(raw):
    return "a text that is longer than forty bytes"
