from app.config import settings


class Pool:
    def get(self):
        return settings.name


pool = Pool()
