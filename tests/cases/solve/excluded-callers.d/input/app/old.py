from app import desk, store
from app.config import settings


class Mine(desk.Clerk):
    def sell(self, order):
        return order


def work(run):
    store.store.put(settings.name)
    desk.take(2)
    desk.take(3)
    run(desk.passed)
    return desk.Plain()


def guess(plain):
    return plain.deal()
