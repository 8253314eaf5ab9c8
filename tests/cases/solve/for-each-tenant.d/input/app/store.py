from app.config import settings


class Store:
    def __init__(self):
        self.names = {}

    def load(self, *words):
        self.names[settings.name] = words

    async def fetch(self):
        self.names["fetched"] = settings.name

    def size(self):
        return len(self.names)


store = Store()
