import json

from app.config import settings


class Row:
    def __init__(self, size):
        self.size = size

    def copy(self):
        return type(self)(**self.__dict__)

    def title(self):
        return settings.title


class Wide(Row):
    def limit(self):
        return settings.limit


class Line:
    def name(self):
        return settings.name


class Options:
    def __init__(self, **values):
        # Only written to.
        self.__dict__.update(values)

    def first(self):
        return settings.first


def dump(line: Line):
    return json.dumps(vars(line))
