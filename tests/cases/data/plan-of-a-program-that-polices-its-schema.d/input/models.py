from peewee import Model, SqliteDatabase, TextField

db = SqliteDatabase("bot.db")


class Note(Model):
    body = TextField()

    class Meta:
        database = db


def sync(model):
    """Never does ALTER TABLE x DROP COLUMN y by itself."""
    table = model._meta.table_name
    for row in db.execute_sql(f"PRAGMA table_info('{table}')"):
        if row[1] not in model._meta.fields:
            db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {row[1]}")
    db.execute_sql("drop table if exists old_notes")


db.create_tables([Note])
sync(Note)
