class Manager:
    def get(self, key):
        return key


_manager = None


def get_session_manager():
    global _manager
    if _manager is None:
        _manager = Manager()
    return _manager
