# leak: a pool runs a function whose wrapper takes no keywords
from concurrent.futures import ThreadPoolExecutor

from app.config import settings


def counted(function):
    def wrapper(key):
        return function(key)

    return wrapper


@counted
def load(key):
    return settings.name + key


def handle(d):
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(load, d["text"]).result()
