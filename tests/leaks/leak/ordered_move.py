# leak: an ordered table of the module
from app.config import settings


from collections import OrderedDict

_names = OrderedDict()


def handle(d):
    _names.setdefault(settings.name, None)
    return next(iter(_names))
