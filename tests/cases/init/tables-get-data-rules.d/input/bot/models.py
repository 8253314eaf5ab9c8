from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField
from playhouse.db_url import connect

db = connect("mysql+pool://bot:secret@db.example.org/bot_rows?charset=utf8mb4")


class Base(Model):
    class Meta:
        database = db


class Guild(Base):
    name = CharField()
    owner = ForeignKeyField("self", null=True)


class Chat(Base):
    agent_id = TextField()
    platform = IntegerField()
    topic = TextField(null=True)
    guild_id = IntegerField()


class Message(Base):
    reply_to = ForeignKeyField("self", null=True)
    pinned_in = ForeignKeyField(Guild, null=True)
    chat = ForeignKeyField(Chat)
    text = TextField()


class Cause(Base):
    effect = ForeignKeyField("Effect", null=True)


class Effect(Base):
    cause = ForeignKeyField(Cause)


class Kept(Base):
    tenant_id = TextField()
    chat = ForeignKeyField(Chat)
    done = BooleanField()
