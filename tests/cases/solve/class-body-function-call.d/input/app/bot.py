from app.config import settings


def limit(x=1):
    return settings.limit * x


class Form:
    size = limit()
    sizes = [limit(x) for x in range(3)]

    def check(self, most=limit()):
        return most


def on_message(raw):
    return limit(), Form().check()
