from app.config import settings


class Worker:
    def work(self, x):
        return settings.factor * x

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return None


def make() -> Worker:
    return Worker()


def pair() -> tuple[Worker, int]:
    return Worker(), 1
