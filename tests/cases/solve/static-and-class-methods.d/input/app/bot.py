from app.config import settings


class Tools:
    @staticmethod
    def size():
        return settings.size

    @classmethod
    def name(cls):
        return settings.name + str(cls.size())

    def both(self):
        return self.size(), Tools.name(), type(self).name()


def on_message(raw):
    return Tools().both(), Tools.size()
