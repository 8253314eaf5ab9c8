# leak: a facade whose item assignment writes to a table of the module
from app.config import settings

ROWS = {}


class View:
    def __setitem__(self, key, value):
        ROWS.setdefault(key, value)

    def __getitem__(self, key):
        return ROWS[key]


async def handle(d):
    view = View()
    view[d["user"]] = settings.name
    return view[d["user"]]
