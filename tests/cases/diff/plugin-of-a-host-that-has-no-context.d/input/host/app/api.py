from app.config import settings


class Plugin:
    def greet(self, name):
        return settings.greeting + name


def nickname(user):
    return settings.names[user]


def plain(user):
    return user
