import atexit
import threading


class Box:
    def __new__(cls):
        return super().__new__(cls)

    def __len__(self):
        return 0

    @property
    def size(self):
        return 0


class Handler(threading.Thread):
    def run(self):
        return 0


def taken(isolation_context: str):
    return isolation_context


def callback():
    return 0


atexit.register(callback)
print(Box().size, len(Box()), taken("x"))
Handler().start()
