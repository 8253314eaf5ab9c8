# leak: a writer of rows that is made in the message, of a stream of all
import csv
import io

from app.config import settings

stream = io.StringIO()


def handle(d):
    csv.writer(stream).writerow([settings.name])
    return stream.getvalue().split()
