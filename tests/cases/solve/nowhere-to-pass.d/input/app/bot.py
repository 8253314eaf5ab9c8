from app.config import settings
from app.deco import retry

NAME = settings.name


class Reply:
    limit = settings.limit

    @retry(times=settings.retries)
    def send(self, text=settings.text, *, size: int = settings.size):
        return text, size


def plain(text=settings.text):
    return text


key = lambda size=settings.size: size


def on_message(raw):
    return Reply().send(), plain(), key()
