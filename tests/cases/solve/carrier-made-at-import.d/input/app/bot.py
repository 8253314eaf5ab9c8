from app.config import settings
from app.stream import Stream, default


def show(stream: Stream):
    return settings.name, stream.name()


def on_message(raw):
    return show(Stream(raw["chat"])), show(default)
