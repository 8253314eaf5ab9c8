# sound: the retry decorator keeps the error in a local name
import functools

from app.config import settings


def retry(times):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args):
            error = None
            for attempt in range(times):
                try:
                    return await function(*args), str(error)
                except ConnectionError as caught:
                    error = caught
            raise error
        return wrapper
    return decorate


@retry(3)
async def send(text, tries):
    tries.append(settings.name)
    if len(tries) < 2:
        raise ConnectionError(f"{settings.name} was refused")
    return text


async def handle(d):
    return await send(d["text"], [])
