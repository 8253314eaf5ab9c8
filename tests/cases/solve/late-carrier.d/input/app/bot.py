from app.config import settings
from app.message import Message
from app.stream import Stream


def handle(message: Message):
    return message.stream.chat_id + settings.suffix


def with_stream(stream: Stream):
    return stream.chat_id + settings.suffix


def on_message(raw):
    message = Message(raw)
    stream = Stream(raw["chat"])
    message.attach(stream)
    return handle(message), with_stream(stream)
