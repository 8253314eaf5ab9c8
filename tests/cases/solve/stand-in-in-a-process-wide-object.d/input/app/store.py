from app.config import settings


class Store:
    def __init__(self):
        self.names = {}

    def put(self, raw):
        self.names[raw] = settings.name


store = Store()
