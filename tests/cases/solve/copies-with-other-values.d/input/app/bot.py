import copy
from dataclasses import replace

import attr

from app.rows import Line, Other, Row


def on_message(raw):
    row, line = Row("a"), Line("b")
    changed = copy.replace(row, key="c")
    return replace(row, key="z").run(), attr.evolve(line, key="y").run(), changed.run(), Other().run()
