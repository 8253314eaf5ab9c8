# leak: what is sent into an asynchronous generator of the module
from app.config import settings


async def keeper():
    kept = None
    while True:
        new = yield kept
        kept = kept or new


_keeper = keeper()


def done(awaitable):
    try:
        awaitable.send(None)
    except StopIteration as end:
        return end.value


done(_keeper.__anext__())


def handle(d):
    done(_keeper.asend(settings.name))
    return done(_keeper.asend(None))
