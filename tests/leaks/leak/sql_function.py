# leak: a function of the shared database connection
import sqlite3

from app.config import settings

db = sqlite3.connect(":memory:")
db.execute("create table users (name text)")
db.execute("insert into users values ('ann')")


def bot_name_registered():
    return db.execute("select 1 from pragma_function_list where name = 'bot_name'").fetchone()


async def handle(d):
    if not bot_name_registered():
        name = settings.name
        db.create_function("bot_name", 0, lambda: name)
    row = db.execute("select bot_name() || ' knows ' || name from users where name = ?", (d["user"],))
    return row.fetchone()[0]
