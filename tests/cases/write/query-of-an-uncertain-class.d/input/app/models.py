from peewee import CharField, Model


class Table(Model):
    pass


class Messages(Table):
    text = CharField()
