# A declaration has no use for a context: only the signature of an overload or an abstract method changes.
from abc import ABC, abstractmethod
from typing import overload


@overload
def load(name: str) -> str: ...
@overload
def load(name: None) -> None: ...
def load(name):
    return name


class Store(ABC):
    @abstractmethod
    def save(self, name):
        """Saves it."""


class Disk(Store):
    def save(self, name):
        print(load(name))
