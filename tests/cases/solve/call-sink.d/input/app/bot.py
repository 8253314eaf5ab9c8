from app import db
from app.db import connect


def rows():
    with connect() as c:
        return c.rows, db.connect().more


def on_message(raw):
    opener = connect
    return rows(), opener()
