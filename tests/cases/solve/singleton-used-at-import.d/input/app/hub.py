from app.config import settings


class Hub:
    def __init__(self):
        self.names = []
        self.limit = settings.limit

    def register(self, function):
        self.names.append(function)
        return function


hub = Hub()
