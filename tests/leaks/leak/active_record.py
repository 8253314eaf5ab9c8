# leak: ORM-like models keep rows on the class (made by __init_subclass__) and are queried by user only
from app.config import settings


class Model:
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._rows = []

    def __init__(self, **fields):
        vars(self).update(fields)

    def save(self):
        type(self)._rows.append(self)
        return self

    @classmethod
    def where(cls, **wanted):
        return [
            row for row in cls._rows
            if all(getattr(row, key) == value for key, value in wanted.items())
        ]


class Reminder(Model):
    pass


async def handle(d):
    Reminder(user=d["user"], body=f"{settings.name} says {d['text']}").save()
    return [reminder.body for reminder in Reminder.where(user=d["user"])]
