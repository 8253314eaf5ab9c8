# leak: a pool maps a function, where no context is
from concurrent.futures import ThreadPoolExecutor

from app.config import settings


def load(key):
    return settings.name + key


def handle(d):
    with ThreadPoolExecutor(max_workers=1) as pool:
        return list(pool.map(load, [d["text"]]))[0]
