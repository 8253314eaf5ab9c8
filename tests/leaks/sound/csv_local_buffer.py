# sound: the columns last, the writer and its buffer do not
import csv
import io

from app.config import settings

COLUMNS = ["bot", "user"]


def to_csv(*rows):
    with io.StringIO() as buffer:
        writer = csv.DictWriter(buffer, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        return buffer.getvalue()


async def handle(d):
    return to_csv({"bot": settings.name, "user": d["user"]})
