from app.late import get_late


def on_message(raw):
    return get_late().size
