from app.config import settings


class Row:
    kind = settings.database.kind
    name = settings.name

    def version(self):
        return settings.VERSION
