import peewee
from peewee import fn, prefetch

from app.models import Chats, Messages

together = peewee.prefetch


def on_message(raw):
    walk(raw)
    joined(raw)
    whole_table()


def walk(raw):
    for message in Messages:
        print(message.text, [chat.name for chat in Chats], *Chats)
    first = Messages[1]
    Messages[2] = {"text": raw}
    del Messages[3]
    first.delete()
    newest = Messages[raw]
    newest.delete()
    return len(Messages), sorted(Chats, key=id), list(Messages), max(raw)


def joined(raw):
    other = Messages.alias()
    query = Chats.select(fn.COUNT(Messages.id)).join(Messages).switch(Chats).join(other)
    inner = Messages.select(Messages.chat).where(Messages.text == raw)
    chat = Chats.get_by_id(raw)
    prefetch(Chats.select().where(Chats.id.in_(inner)), Messages)
    together(Chats.select(), Messages.select())
    return query, [message.text for message in chat.messages.where(Messages.text != "")]


def whole_table():
    Messages.raw("SELECT * FROM messages")
    Messages.truncate_table()
    return tables()["chats"].select()


def tables():
    return {"chats": Chats}


def schema():
    Messages.create_table()
    return Messages.table_exists(), Messages._meta.fields, Messages.text, isinstance(schema, Messages)
