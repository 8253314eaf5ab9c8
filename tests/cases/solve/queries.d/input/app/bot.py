import asyncio

from app import models
from app.models import Messages, Users
from app.models import Messages as Rows


def on_message(raw):
    remember(raw["text"])
    print(f"{how_many()} of {report(raw)}")


def remember(text):
    Messages.create(text=text)
    row = Rows(text=text)  # new when it is saved
    row.save()


def how_many():
    return Messages.select().where(Messages.text.contains("a")).count()


def report(raw):
    table = models.Users
    last = (
        Messages  # the newest
        .select(
            Messages.id,
            Messages.text,
        )
        .where(Messages.id.in_(Rows.select(Rows.id)))
        .first()
    )
    known = models.Users.get_or_none(name=raw["user"]) or table.get(table.name == "?")
    if known:
        known.name = raw["user"]
        known.save()
    return last, [user.name for user in Users.select()]


async def later(text):
    await asyncio.to_thread(Messages.create, text=text)
    await asyncio.to_thread(lambda: Users.update(name=text).execute())


class Chat:
    def __init__(self, text):
        self.text = text
        self.rows = list(Messages.select())

    def __len__(self):
        return Messages.select().count()


def open_chat(raw):
    return Chat(raw)


def what_is_no_query(raw):
    fields = Messages.text, Messages._meta
    return {"a": 1}.get(raw), fields, Messages.create_table()
