# leak: the order of a table tells who was last
from collections import OrderedDict

from app.config import settings

order = OrderedDict.fromkeys("abcdefghijklmnopqrstuvwxyz")


def handle(d):
    before = "".join(order)
    order.move_to_end(settings.name[-1])
    return before
