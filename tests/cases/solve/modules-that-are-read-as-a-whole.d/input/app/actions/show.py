from app.config import settings


class Pager:
    def __init__(self):
        self.limit = settings["limit"]


def show_limit(raw):
    return settings["limit"]
