# leak: a property makes a temporary file when it is asked for first
import tempfile

from app.config import settings


class Journal:
    def __init__(self):
        self._file = None

    @property
    def file(self):
        if self._file is None:
            self._file = tempfile.TemporaryFile("w+", encoding="utf-8")
        return self._file

    def write(self, line):
        print(line, file=self.file, flush=True)

    def lines(self):
        self.file.seek(0)
        return self.file.read().split()


journal = Journal()


def handle(d):
    journal.write(settings.name)
    return journal.lines()
