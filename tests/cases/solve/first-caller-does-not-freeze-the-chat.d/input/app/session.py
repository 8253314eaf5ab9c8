from app.config import settings


class SessionManager:
    def __init__(self):
        self.limit = settings.limit
        self.sessions = {}

    def open(self, chat_id):
        return self.sessions.setdefault(chat_id, settings.name)


_manager = None


def get_session_manager():
    global _manager
    if _manager is None:
        _manager = SessionManager()
    return _manager
