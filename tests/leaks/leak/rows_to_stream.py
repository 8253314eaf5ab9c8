# leak: a writer that is made for the message writes to a stream that is there for all
import csv
import io

from app.config import settings

stream = io.StringIO()


async def handle(d):
    writer = csv.writer(stream)
    writer.writerow([d["user"], settings.name])
    return stream.getvalue()
