from app import desk


def on_message(raw):
    return desk.sell(raw), desk.count([raw]), desk.label(), desk.weigh(), desk.close(), desk.shut()
