# sound: each message has a database in memory of its own
import sqlite3
from contextlib import closing

from app.config import settings


async def handle(d):
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("create table facts (user text, fact text)")
        db.execute("insert into facts values (?, ?)", (d["user"], f"talks to {settings.name}"))
        return [fact for fact, in db.execute("select fact from facts where user = ?", (d["user"],))]
