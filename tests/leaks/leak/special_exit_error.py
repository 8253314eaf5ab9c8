# leak: a context manager keeps the error that came through it
from app.config import settings

ERRORS = []


class Guard:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        ERRORS.append(str(error))
        return True


async def handle(d):
    with Guard():
        raise ValueError(settings.name)
    return list(ERRORS)
