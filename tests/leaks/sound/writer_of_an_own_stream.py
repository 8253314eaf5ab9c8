# sound: a writer of rows, of a stream of this message
import csv
import io

from app.config import settings


def handle(d):
    stream = io.StringIO()
    csv.writer(stream).writerow([settings.name])
    return stream.getvalue().split()
