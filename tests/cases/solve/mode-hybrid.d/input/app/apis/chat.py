from app.config import settings


def nickname():
    return settings.nickname


class Api:
    def name(self):
        return settings.name


def unused():
    return settings.name
