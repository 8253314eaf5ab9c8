from app.config import settings


class Borg:
    """All instances have one state: a context in it would be that of whoever came last."""
    _shared = {}

    def __init__(self):
        self.__dict__ = self._shared

    def title(self):
        return settings.title


class Record:
    def __init__(self, **values):
        self.__dict__ = values

    def limit(self):
        return settings.limit


class Counted:
    def __init__(self, count):
        self.__dict__["count"] = count

    def name(self):
        return settings.name
