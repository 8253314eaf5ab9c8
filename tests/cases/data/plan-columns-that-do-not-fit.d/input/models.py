from peewee import CompositeKey, Model, SqliteDatabase, TextField

db = SqliteDatabase("bot.db")


class BaseModel(Model):
    class Meta:
        database = db


class Stream(BaseModel):
    stream_id = TextField(unique=True)
    platform = TextField()
    agent_id = TextField()


class Message(BaseModel):
    chat = TextField()


class Note(BaseModel):
    body = TextField()


class Named(BaseModel):
    name = TextField(primary_key=True)


class Left(BaseModel):
    body = TextField()
    key = TextField(unique=True)


class Right(BaseModel):
    body = TextField(unique=True)
    key = TextField()


class Forgotten(BaseModel):
    body = TextField()
