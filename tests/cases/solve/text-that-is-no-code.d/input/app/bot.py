from app import desk


def on_message(raw):
    return desk.close(), desk.open_(), desk.weigh(), desk.locked()
