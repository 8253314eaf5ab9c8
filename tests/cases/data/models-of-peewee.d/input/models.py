import peewee as pw
from peewee import CompositeKey, ForeignKeyField, Model, TextField
from playhouse.sqlite_ext import JSONField

from fields import Colour, get_string_field, short

db = pw.SqliteDatabase("bot.db")


class BaseModel(Model):
    class Meta:
        database = db


class Timed(BaseModel):
    created = pw.DateTimeField()


class User(Timed):
    name = TextField(unique=True)
    nick = get_string_field(null=True, index=True)
    colour = Colour()
    limit = short()
    data = JSONField(null=True)

    def greet(self):
        text = TextField()
        return text

    class Meta:
        table_name = "people"
        indexes = ((("name", "nick"), True), (("limit",), False))


class Note(BaseModel):
    user = ForeignKeyField(User, backref="notes")
    reply = ForeignKeyField("self", null=True, column_name="reply_to")
    body = TextField(column_name="text", default="")


class Membership(BaseModel):
    user_id = pw.IntegerField()
    team = pw.CharField(max_length=20)

    class Meta:
        primary_key = CompositeKey("user_id", "team")


class Log(BaseModel):
    line = pw.TextField()

    class Meta:
        primary_key = False
        table_name = "log" if db else "logs"
