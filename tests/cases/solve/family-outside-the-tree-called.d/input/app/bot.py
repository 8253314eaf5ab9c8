from app.config import settings


class Name(str):
    def lower(self):
        return self.translate(settings.table)

    def fold(self):
        return self.lower()


def same(a: str, b: str):
    return a.lower() == b.lower()


def on_message(raw):
    name = Name(raw)
    return name.lower(), name.fold(), same(name, raw)
