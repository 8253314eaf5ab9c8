from app.config import settings


class Handler:
    def __init__(self, path):
        self.path = path

    def emit(self, record):
        return settings.name, self._format(record)

    def _format(self, record):
        return settings.name


def make_filter():
    return settings.name
