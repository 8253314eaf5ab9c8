import threading
from conf import settings


class Base:
    def __init__(self, n=1):
        self.n = n

    def name(self):
        return settings.name + str(self.n)


class Table(dict, Base):
    n = 5

    def label(self):
        return settings.name + str(len(self))


class Sub(Table):
    pass


class Own(dict, Base):
    def __init__(self):
        Base.__init__(self, 3)

    def label(self):
        return settings.name


class Worker(Base, threading.Thread):
    def __init__(self):
        Base.__init__(self, 4)
        threading.Thread.__init__(self)

    def run(self):
        self.out = settings.name


class Err(Exception, Base):
    n = 7


def handle(tenant):
    w = Worker()
    w.start()
    w.join()
    return Table(a=1).label(), dict(Table(b=1)), Sub().name(), dict(Sub()), Own().label(), Own().name(), w.out, w.name(), Base().name(), Err(1).name(), Err(2).args
