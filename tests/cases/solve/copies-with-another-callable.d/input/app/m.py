from dataclasses import dataclass, replace
from typing import Callable, NamedTuple
from app.config import get_settings


def read(key):
    return get_settings().owner + key


def plain(key):
    return key


@dataclass
class Job:
    reader: Callable = read

    def run(self, key):
        return self.reader(key)


class Row(NamedTuple):
    reader: Callable = read

    def run(self, key):
        return self.reader(key)


@dataclass
class Sure:
    reader: Callable = read
    times: int = 1

    def run(self, key):
        return self.reader(key) * self.times


def on_message(key):
    jobs = [Job(), replace(Job(), reader=str.upper)]
    rows = [Row(), Row()._replace(reader=plain)]
    return [job.run(key) for job in jobs], [row.run(key) for row in rows], replace(Sure(), times=2).run(key)
