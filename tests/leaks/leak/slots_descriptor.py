# leak: a value behind the descriptor of a slot
from app.config import settings
class Box:
    __slots__ = ("name",)
BOX = Box()
def handle(d):
    before = getattr(BOX, "name", None)
    Box.name.__set__(BOX, settings.name)
    return before
