from app.desk import Desk
from app.title import title


class Board:
    def show(self):
        return title(), Desk().note(1)


board = Board()
