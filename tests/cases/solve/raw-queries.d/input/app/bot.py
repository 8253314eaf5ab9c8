from app import models
from app.models import Users, db


def on_message(raw):
    print(total(), Users.select().count())


def total():
    with db.atomic():
        return models.db.execute_sql("SELECT count(*) FROM users").fetchone()[0]


def tables(connection):
    return connection.execute_sql("SELECT name FROM sqlite_master")
