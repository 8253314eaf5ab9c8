from app.config import settings


class Tool:
    def use(self):
        return settings.tool
