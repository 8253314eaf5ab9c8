from app.config import settings


class Name(str):
    def __new__(cls, text, *, strict=False):
        return str.__new__(cls, text)

    def __init__(self, text, *, strict=False):
        super().__init__()
        self.folded = text.translate(settings.table)


def on_message(raw):
    return Name(raw).folded
