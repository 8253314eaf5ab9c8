from app.config import settings


class Registry:
    def find(self, name):
        return settings.plugins[name]


registry = Registry()
