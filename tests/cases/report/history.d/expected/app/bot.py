from app.config import settings
from app.memory import memory
from app.reply import Writer


def on_message(raw):
    writer = Writer(raw["name"])
    return settings.name, memory.size, writer.greet(), writer.sign(), "é|`<b>"
