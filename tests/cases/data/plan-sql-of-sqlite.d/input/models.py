from peewee import BooleanField, IntegerField, Model, SqliteDatabase, TextField

db = SqliteDatabase("bot.db")


class BaseModel(Model):
    class Meta:
        database = db


class Stream(BaseModel):
    stream_id = TextField(unique=True)
    platform = TextField()


class Message(BaseModel):
    chat = TextField(index=True)
    text = TextField()


class Word(BaseModel):
    chat = TextField(null=True)
    is_global = BooleanField()
    word = TextField(unique=True)
    hash = TextField(unique=True)


class Agent(BaseModel):
    agent_id = TextField(unique=True)


class Picture(BaseModel):
    path = TextField(unique=True)


class Uptime(BaseModel):
    minutes = IntegerField()
