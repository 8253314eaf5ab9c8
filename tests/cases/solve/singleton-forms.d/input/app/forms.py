import sys

from app.kinds import Kind

plain = Kind()
annotated: Kind = Kind("annotated")
commented = Kind()  # the third
table = {}
in_table = table.setdefault("main", Kind())
if sys.platform == "linux":
    conditional = Kind()
else:
    conditional = Kind("other")
first, second = Kind(), Kind()
late = None


def get_late():
    global late
    if not late:
        late = Kind()
    return late


def reset():
    global late
    late = None
