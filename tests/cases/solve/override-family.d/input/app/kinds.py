from app.base import Base
from app.config import settings


class Sink(Base):
    def run(self, x):
        return settings.factor * x


class Plain(Base):
    def run(self, x):
        return x


class Deep(Sink):
    def run(self, x):
        return super().run(x) + 1
