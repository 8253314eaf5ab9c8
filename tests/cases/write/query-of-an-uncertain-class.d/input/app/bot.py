from typing import Type

from peewee import Model

from app.models import Messages


def count(model_class: Type[Model]):
    return model_class.select().count()


def first(*, kinds: list[type[Model]]):
    for kind in kinds:
        if kind.get_or_none():
            return kind.select().first()


def again(row: Messages):
    return row.select()


def settings(table: dict):
    return table.get("name")


def on_message(raw):
    return count(Messages), first(kinds=[Messages]), again(raw["row"]), settings(raw)
