from app.config import settings


def plain(text=settings.text):
    return text


class Reply:
    def send(self, text: str = settings.text, *, size=settings.size):
        """Doc."""
        return text, size


def on_message(raw):
    return plain(), plain("x"), Reply().send()
