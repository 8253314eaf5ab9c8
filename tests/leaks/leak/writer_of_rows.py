# leak: rows are written to one file by a writer
import csv
import os
import tempfile

from app.config import settings

_PATH = os.path.join(tempfile.gettempdir(), f"names-{os.getpid()}.csv")


def handle(d):
    if not os.path.exists(_PATH):
        with open(_PATH, "w") as file:
            csv.writer(file).writerow([settings.name])
    with open(_PATH) as file:
        return next(csv.reader(file))[0]
