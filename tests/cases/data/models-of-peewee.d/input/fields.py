from peewee import CharField, IntegerField, TextField

MYSQL = False


class Colour(CharField):
    def db_value(self, value):
        return value.name


def get_string_field(max_length=255, **kwargs):
    if MYSQL:
        return CharField(max_length=max_length, **kwargs)
    return TextField(**kwargs)


def short():
    return IntegerField() if MYSQL else TextField()
