from app.config import settings


class Bot:
    def __init__(self):
        self.name = settings.name

    def on_message(self, raw):
        return self.reply(raw)

    def reply(self, raw):
        return raw + settings.suffix


bot = Bot()
