from app.config import settings


class Hub:
    def __init__(self):
        self.limit = settings.limit


class Desk(Hub):
    pass


class Shop(Hub):
    pass


hub = Hub()
desk = Desk()
shop = Shop()
