import peewee as orm
from peewee import CharField, ForeignKeyField


class Chats(orm.Model):
    name = CharField()


class Messages(orm.Model):
    text = CharField()
    chat = ForeignKeyField(Chats, backref="messages")

    def delete(self):  # of the row
        self.delete_instance()

    def others(self):
        return self.select().where(Messages.id != self.id)
