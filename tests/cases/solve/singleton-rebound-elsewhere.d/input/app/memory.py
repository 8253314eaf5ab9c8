from app.config import settings


class Memory:
    def __init__(self):
        self.size = settings.size


memory = Memory()
