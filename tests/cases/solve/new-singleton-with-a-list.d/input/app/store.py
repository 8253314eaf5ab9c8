from app.config import settings


class Store:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.names = []
            cls._instance.ready = True
        return cls._instance

    def name_of(self, raw):
        self.names.append(raw)
        return settings.name


store = Store()
