from app.config import settings


class Kind:
    def __init__(self, a=1, *rest, b=2):
        self.size = settings.size
