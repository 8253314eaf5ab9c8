from app.config import settings


class Root:
    def open(self):
        return settings.name


class Desk(Root):
    def sell(self, order):
        return settings.name

    def count(self):
        return settings.name


class Till:
    def ring(self):
        return settings.name
