# leak: a retry decorator keeps the last error on the wrapper, and reports it with the next call
import functools

from app.config import settings


def retry(times):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args):
            for attempt in range(times):
                try:
                    return await function(*args), wrapper.last_error
                except ConnectionError as error:
                    wrapper.last_error = str(error)
            return None, wrapper.last_error

        wrapper.last_error = None
        return wrapper
    return decorate


@retry(2)
async def send(text, tries):
    tries.append(text)
    if settings.name == "a" and len(tries) < 2:
        raise ConnectionError(f"{settings.name} was refused")
    return text


async def handle(d):
    return await send(d["text"], [])
