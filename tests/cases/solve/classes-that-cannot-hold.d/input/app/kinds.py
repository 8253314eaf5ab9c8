from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from pydantic import BaseModel

from app.config import settings


@dataclass
class Plain:
    x: int

    def size(self):
        return settings.size * self.x


@dataclass
class Explicit:
    x: int

    def __init__(self, x):
        self.x = x

    def size(self):
        return settings.size * self.x


class Pair(NamedTuple):
    x: int

    def size(self):
        return settings.size * self.x


class Colour(Enum):
    RED = 1

    def size(self):
        return settings.size


class Model(BaseModel):
    x: int = 0

    def size(self):
        return settings.size
