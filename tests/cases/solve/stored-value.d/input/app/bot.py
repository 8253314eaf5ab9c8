from app.config import settings


class Emojis:
    def __init__(self):
        self.limit = settings.emoji.max_count

    def full(self, count):
        return count >= self.limit


def on_message(raw):
    return Emojis().full(raw["count"])
