from typing import Type

from peewee import Model

from app.models import Messages, Table, Users

TABLES = [Messages, Users]
FIRST = Messages.select().first()


class Registry:
    size = Users.select().count()
    models = {"users": Users}

    @classmethod
    def get(cls, name):
        return cls.models[name]


def on_message(raw):
    for table in TABLES:
        print(table.select().count())
    newest_of(Messages)
    some(Messages)
    any_model(Users)
    print(by_name("users"), kind_of(Messages.get()), Registry.get("users"))


def newest_of(model):
    return model.select().first()


def some(model: Type[Table]):
    return model.get_or_none()


def any_model(model_class: Type[Model]):
    return model_class.select().first()


def by_name(name):
    return Registry.models[name].select()


def kind_of(row: Messages):
    return type(row).select().count()


def in_default(rows=Users.select()):
    return list(rows)
