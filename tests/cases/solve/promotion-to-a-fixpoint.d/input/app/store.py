from app.config import settings


class Store:
    def __init__(self):
        self.path = settings.path


store = Store()
