from abc import ABC, abstractmethod


class Base(ABC):
    @abstractmethod
    def run(self, x): ...

    def twice(self, x):
        return self.run(x) + self.run(x)
