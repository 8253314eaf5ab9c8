# leak: the path of a database in memory is the default of a parameter
import sqlite3

from app.config import settings


class Notes:
    def __init__(self, path=":memory:"):
        self.connection = sqlite3.connect(path)
        self.connection.execute("create table note (body text)")

    def add(self, body):
        self.connection.execute("insert into note values (?)", (body,))

    def all(self):
        return [body for body, in self.connection.execute("select body from note order by rowid")]


notes = Notes()


def handle(d):
    notes.add(settings.name)
    return notes.all()
