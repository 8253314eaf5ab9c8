# leak: a database in a file that all have
import os
import sqlite3
import tempfile

from app.config import settings

_PATH = os.path.join(tempfile.gettempdir(), f"names-{os.getpid()}.db")


def handle(d):
    db = sqlite3.connect(_PATH)
    db.execute("create table if not exists names (name text)")
    if not db.execute("select name from names").fetchone():
        db.execute("insert into names values (?)", (settings.name,))
        db.commit()
    return db.execute("select name from names").fetchone()[0]
