from app.config import settings
from app.run import run_soon


def work(a):
    return settings.factor * a


def on_message(raw):
    run_soon(work, 1)
    run_soon(function=work)
    return run_soon(len, raw)
