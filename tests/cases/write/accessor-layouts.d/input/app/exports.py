from app.layouts import annotated as a, plain
from app import layouts

__all__ = ["plain", 'a', "layouts"]
__all__ += ["use"]


def use():
    plain.size = 1
    plain.size += 1
    del plain.extra
    global z
    z = plain
    return layouts.plain is plain, layouts.spaced
