# sound: a database in memory for each message
import sqlite3

from app.config import settings


async def handle(d):
    scratch = sqlite3.connect(":memory:")
    scratch.execute("create table seen (word text)")
    scratch.execute("insert into seen values (?)", (settings.name,))
    return [word for word, in scratch.execute("select word from seen")]
