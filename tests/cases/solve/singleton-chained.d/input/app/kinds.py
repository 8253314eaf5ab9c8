from app.config import settings


class Kind:
    def __init__(self):
        self.size = settings.size


chained = other = Kind()
