from app.stream import Private, Stream


def make(raw):
    return Stream(raw["chat"])


def on_message(raw):
    return make(raw), Stream.of(raw), Private(1)
