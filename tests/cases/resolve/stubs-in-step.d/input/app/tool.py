from app.config import settings


def size(x):
    return settings.size * x


class Tool:
    def use(self, x):
        return settings.tool
