from app.config import settings


class Kind:
    def __init__(self, name="k"):
        self.size = settings.size
