from app.stream import Stream, default


def on_message(raw):
    return Stream(raw["chat"]).name(), default.name()
