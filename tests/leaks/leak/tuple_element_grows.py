# leak: a tuple of constants has a list, and a local name of it grows in place
from app.config import settings

COLUMNS = ("user", "text")
LAYOUT = (COLUMNS, ["id"])


def header(extra):
    columns, generated = LAYOUT
    if extra not in generated:
        generated += [extra]
    return ",".join([*columns, *generated])


async def handle(d):
    return header(f"{settings.name}_score")
