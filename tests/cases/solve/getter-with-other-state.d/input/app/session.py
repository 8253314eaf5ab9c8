class Manager:
    def __init__(self, path, *, size=1):
        self.path = path


_manager = None


def get_session_manager(path="x") -> Manager:
    """The manager."""
    global _manager
    if _manager is None:
        _manager = Manager(path)
        _manager.size = 2
    return _manager


def close():
    if _manager is not None:
        _manager.path = None
