# leak: the export is one buffer with a writer on it
import csv
import io

from app.config import settings


class Export:
    def __init__(self, columns):
        self.buffer = io.StringIO()
        self.writer = csv.DictWriter(self.buffer, columns)
        self.writer.writeheader()

    def add(self, **row):
        self.writer.writerow(row)

    def dump(self):
        return self.buffer.getvalue()


export = Export(["bot", "user"])


async def handle(d):
    export.add(bot=settings.name, user=d["user"])
    return export.dump()
