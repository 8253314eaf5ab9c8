from app.reply import greet, shout


class Session:
    def __init__(self, chat_id):
        self.chat_id = chat_id

    async def answer(self, text):
        if text.isupper():
            return shout(text)
        return greet(text)


class Board:
    """Made once, when the module is imported."""

    def __init__(self):
        self.lines = []

    def add(self, name):
        self.lines.append(greet(name))

    @property
    def title(self):
        return greet("everybody")


boards = [Board()]
