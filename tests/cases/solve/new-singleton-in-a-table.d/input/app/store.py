from app.config import settings


class Store:
    _instances = {}

    def __new__(cls):
        if cls not in cls._instances:
            cls._instances[cls] = super().__new__(cls)
        return cls._instances[cls]

    def name_of(self, raw):
        return settings.name


store = Store()
