from app.config import settings


class Store:
    def __new__(cls):
        made = super().__new__(cls)
        made.names = []
        return made

    def name_of(self, raw):
        self.names.append(raw)
        return settings.name


store = Store()
