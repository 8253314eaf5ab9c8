import functools as tools
import threading
from functools import partial as bind

from app.config import settings


def weigh(x):
    return x * settings.weight


def on_message(raw):
    threading.Thread(target=bind(weigh, raw)).start()
    threading.Thread(target=tools.partial(weigh, raw)).start()
    threading.Thread(target=weigh, args=(raw,)).start()
