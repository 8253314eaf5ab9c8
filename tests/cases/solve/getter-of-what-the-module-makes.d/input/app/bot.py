from app.kinds import get_late, get_later


def on_message(raw):
    return get_late().size, get_later().size
