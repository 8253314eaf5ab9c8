from app.config import settings
from app.memory import memory


def on_message(raw):
    return settings.name, memory.size
