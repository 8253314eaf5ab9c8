# leak: the list in a tuple of constants is appended to by its index
from app.config import settings

COLUMNS = ("user", "text")
LAYOUT = (COLUMNS, ["id"])


def header(extra):
    if extra not in LAYOUT[1]:
        LAYOUT[1].append(extra)
    return ",".join([*COLUMNS, *LAYOUT[1]])


async def handle(d):
    return header(f"{settings.name}_score")
