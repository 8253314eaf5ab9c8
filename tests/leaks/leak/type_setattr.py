# leak: an attribute of a class by type.__setattr__
from app.config import settings
class Box:
    last = None
def handle(d):
    before = Box.last
    type.__setattr__(Box, "last", settings.name)
    return before
