# leak: a database in memory, which all share
import sqlite3

from app.config import settings

db = sqlite3.connect(":memory:")
db.execute("create table seen (word text)")


async def handle(d):
    db.execute("insert into seen values (?)", (settings.name,))
    return [word for word, in db.execute("select word from seen")]
