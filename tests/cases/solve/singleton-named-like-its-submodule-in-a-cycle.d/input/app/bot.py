from app.bars import names
from app.work import keep


def on_message(raw):
    keep(raw)
    return names
