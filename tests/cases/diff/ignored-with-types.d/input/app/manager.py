from app.config import settings


class Manager:
    def title(self):
        return settings.name


manager = Manager()
