from core.thread import wait


def on_message(raw):
    return wait()
