from app.base import Base
from app.config import settings


class Bot(Base):
    def name(self, x):
        return settings.name


def on_message(raw):
    return Bot().name(1)
