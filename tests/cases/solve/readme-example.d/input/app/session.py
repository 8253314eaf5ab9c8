from app.reply import greet


class Session:
    def __init__(self, chat_id):
        self.chat_id = chat_id

    async def answer(self, message):
        return greet(message.sender)
