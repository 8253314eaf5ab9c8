# leak: a desk that a tenant takes is gone
from app.config import settings


class Hall:
    def __init__(self):
        self.desks = list("abcdefghijklmnopqrstuvwxyz")

    def leave(self, desk):
        if desk in self.desks:
            self.desks.remove(desk)
        return len(self.desks)


hall = Hall()


def handle(d):
    return hall.leave(settings.name[-1])
