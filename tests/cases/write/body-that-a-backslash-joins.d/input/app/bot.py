from app.config import settings


def read(key): \
    return settings.owner + key


def told(key): "Says it."; \
    return settings.owner + key


def two(key): \
        text = read(key); \
        return told(text)


class Reader:
    def read(self, key): \
        return settings.owner + key


def on_message(raw):
    return two(raw) + Reader().read(raw)
