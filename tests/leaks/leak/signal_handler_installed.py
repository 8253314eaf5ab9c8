# leak: the handler of a signal closes over the name that was first
import signal

from app.config import settings

received = []


def install(name):
    def on_reload(number, frame):
        received.append(f"{name} reloads")

    signal.signal(signal.SIGUSR1, on_reload)


async def handle(d):
    if signal.getsignal(signal.SIGUSR1) is signal.SIG_DFL:
        install(settings.name)
    received.clear()
    signal.raise_signal(signal.SIGUSR1)
    return list(received)
