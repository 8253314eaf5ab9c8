# leak: the handler of a signal raises an error with the name that was first
import signal

from app.config import settings


class Reload(Exception):
    pass


def install(name):
    def on_reload(number, frame):
        raise Reload(f"{name} reloads")

    signal.signal(signal.SIGUSR1, on_reload)


async def handle(d):
    if signal.getsignal(signal.SIGUSR1) is signal.SIG_DFL:
        install(settings.name)
    try:
        signal.raise_signal(signal.SIGUSR1)
    except Reload as error:
        return str(error)
