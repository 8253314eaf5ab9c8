import threading

from lib import Base


class Own(Base):
    def start(self, card, template):
        return card


Base.start = Own.start
