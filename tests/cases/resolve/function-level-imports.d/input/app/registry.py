class Registry:
    def __init__(self):
        from .config import settings

        self.limit = settings.limit

    def size(self):
        return self.limit


registry = Registry()
