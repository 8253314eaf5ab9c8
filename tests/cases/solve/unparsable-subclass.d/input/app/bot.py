from app.desk import Desk, Till


def on_message(raw):
    desk = Desk()
    return desk.open(), desk.sell(raw), desk.count(), Till().ring()
