from app import desk, till

NAME = till.settings.name


def on_message(raw):
    return desk.name(), till.ring()
