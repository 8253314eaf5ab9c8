# leak: a debounced write happens with the name of who came first
import threading

from app.config import settings


class Debounce:
    def __init__(self, delay):
        self.delay = delay
        self.timer = None
        self.written = None

    def schedule(self, text):
        if self.timer is None:
            self.timer = threading.Timer(self.delay, self._write, [text])
            self.timer.start()

    def _write(self, text):
        self.written = text

    def flush(self):
        self.timer.join()
        return self.written


saver = Debounce(0.01)


async def handle(d):
    saver.schedule(f"saved for {settings.name}")
    return saver.flush()
