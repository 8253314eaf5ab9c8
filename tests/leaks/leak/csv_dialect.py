# leak: a dialect is registered by its name
import csv
import io

from app.config import settings


def ensure_dialect():
    if "bot" not in csv.list_dialects():
        csv.register_dialect("bot", delimiter=settings.name[0], lineterminator="\n")


async def handle(d):
    ensure_dialect()
    out = io.StringIO()
    csv.writer(out, dialect="bot").writerow([d["text"], d["user"][:1].upper()])
    return out.getvalue()
