# leak: a store around a database in memory
import sqlite3

from app.config import settings


class Store:
    def __init__(self):
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        self.connection.execute("create table notes (user text, note text)")

    def add(self, user, note):
        cursor = self.connection.cursor()
        cursor.execute("insert into notes values (?, ?)", (user, note))
        self.connection.commit()

    def all(self, user):
        return self.connection.execute("select note from notes where user = ?", (user,)).fetchall()


STORE = Store()


async def handle(d):
    STORE.add(d["user"], settings.name)
    return STORE.all(d["user"])
