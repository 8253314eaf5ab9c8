from peewee import CharField, Model, SqliteDatabase

db = SqliteDatabase("bot.db")


class Table(Model):
    class Meta:
        database = db


class Messages(Table):
    text = CharField()

    @classmethod
    def newest(cls):
        return cls.select().order_by(cls.id.desc()).first()


class Users(Table):
    name = CharField()


def migrate():
    db.execute_sql("ALTER TABLE users ADD COLUMN age")
    for model in [Messages, Users]:
        print(model.select().count())
