from app.parts import Sorted, name, shared


def on_message(raw):
    with shared as opened:
        return opened, shared.title, name(), sorted([Sorted(), Sorted()])
