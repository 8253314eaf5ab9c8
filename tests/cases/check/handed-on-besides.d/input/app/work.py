import schedule

from app.config import settings


def known():
    return settings.name


def leaves():
    return settings.name


def unseen():
    return settings.name


TABLE = {"known": known}
schedule.every(5).do(leaves)


class Runner:
    def __init__(self, operation):
        self.operation = operation


RUNNER = Runner(unseen)


def run(anything):
    return anything.operation()


run(schedule.find("runner"))


def handle(request):
    known()
    leaves()
    unseen()
    return TABLE["known"]()
