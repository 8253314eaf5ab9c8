from app.config import settings


class Kind:
    def __init__(self):
        self.size = settings.size


late = None


def get_late():
    global late
    if not late:
        late = Kind()
    return late


def reset():
    global late
    late = None
