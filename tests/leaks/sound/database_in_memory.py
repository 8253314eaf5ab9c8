# sound: a database in memory goes with its connection
import sqlite3

from app.config import settings


def handle(d):
    db = sqlite3.connect(":memory:")
    db.execute("create table names (name text)")
    db.execute("insert into names values (?)", (settings.name,))
    return db.execute("select name from names").fetchone()[0]
