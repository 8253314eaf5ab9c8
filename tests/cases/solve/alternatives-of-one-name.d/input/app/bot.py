from app.show import Closer, Printer, encode, show, shut_all


def on_message(raw):
    return encode(raw), show(1.5), show("s"), Printer().put(raw), Closer().shut(2), shut_all([Closer()])
