from app.config import settings
from app.model import Row


def on_message(raw):
    return Row().version(), settings.VERSION, settings.name
