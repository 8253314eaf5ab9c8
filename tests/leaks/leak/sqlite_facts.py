# leak: a database in memory has no column for the tenant
import sqlite3

from app.config import settings

db = sqlite3.connect(":memory:")
db.execute("create table facts (user text, fact text)")


def remember(user, fact):
    with db:
        db.execute("insert into facts values (?, ?)", (user, fact))


def facts(user):
    rows = db.execute("select fact from facts where user = ? order by rowid", (user,))
    return [fact for fact, in rows]


async def handle(d):
    remember(d["user"], f"{d['user']} talks to {settings.name}")
    return facts(d["user"])
