_manager = None


class SessionManager:
    def open(self, key):
        return key


def get_session_manager():
    global _manager
    if _manager is None:
        _manager = SessionManager()
    return _manager
