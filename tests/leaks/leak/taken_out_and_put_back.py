# leak: a box that is taken out of a queue, filled, and put back for the next one
import collections

from app.config import settings

_boxes = collections.deque()


class Box:
    def __init__(self):
        self.words = []


def handle(d):
    box = _boxes.popleft() if _boxes else Box()
    box.words.append(settings.name)
    _boxes.append(box)
    return box.words[0]
