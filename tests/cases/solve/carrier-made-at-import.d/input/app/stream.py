from app.config import settings


class Stream:
    def __init__(self, chat_id):
        self.chat_id = chat_id

    def name(self):
        return settings.name


class Bot:
    def __init__(self):
        self.stream = Stream("own")


bot = Bot()
default = Stream("default")
