# leak: the path of a database in memory is a constant
import sqlite3

from app.config import settings

PATH = ":memory:"
db = sqlite3.connect(PATH)
db.execute("create table note (body text)")


def handle(d):
    db.execute("insert into note values (?)", (settings.name,))
    return [body for body, in db.execute("select body from note order by rowid")]
