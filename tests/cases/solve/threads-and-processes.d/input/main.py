import asyncio
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool, Process

from conf import settings


class Page:
    @property
    def title(self):
        return settings.name

    def render(self):
        return self.title


page = Page()
out = []


def label(n):
    return f"{settings.name}{n}"


def show():
    out.append(page.render())


def keep(n):
    out.append(label(n))


def stop(signum, frame):
    out.append(label(signum))


def harmless(n):
    return n + 1


def handle(tenant):
    out.clear()
    with ThreadPoolExecutor() as pool:
        names = list(pool.map(label, [1, 2]))
        names.append(pool.submit(label, 3).result())
        names.append(pool.submit(lambda: label(4)).result())
        pool.submit(page.render).result()
        pool.submit(harmless, 1).result()
    with Pool(1) as processes:
        names += processes.map(label, [5])
        names += processes.imap(label, [6])
    worker = threading.Thread(target=keep, args=(7,))
    worker.start()
    worker.join()
    timer = threading.Timer(0, show)
    timer.start()
    timer.join()
    process = Process(target=keep, args=(8,))
    process.start()
    process.join()
    signal.signal(signal.SIGUSR1, stop)
    return names, out
