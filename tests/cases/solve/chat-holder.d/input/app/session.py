from app.config import settings


class Chat:
    def __init__(self, chat_id):
        self.chat_id = chat_id

    def limit(self):
        return settings.limit


class Manager:
    def __init__(self):
        self.chats = {}

    def chat(self, chat_id):
        if chat_id not in self.chats:
            self.chats[chat_id] = Chat(chat_id)
        return self.chats[chat_id]


_manager = None


def get_session_manager():
    global _manager
    if _manager is None:
        _manager = Manager()
    return _manager
