from app.desk import desk
from app.legacy.board import board
from app.title import heading, title


def on_message(raw):
    return desk.note(raw), board.show(), title(), heading()
