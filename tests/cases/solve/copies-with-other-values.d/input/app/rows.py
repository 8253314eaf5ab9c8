from dataclasses import dataclass

import attr

from app.config import settings


@dataclass
class Row:
    key: str

    def run(self):
        return settings.title + self.key


@attr.s
class Line:
    key = attr.ib()

    def run(self):
        return settings.name + self.key


class Other:
    def run(self):
        return "other"
