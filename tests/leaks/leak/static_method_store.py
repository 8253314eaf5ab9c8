# leak: a static method that writes to the class
from app.config import settings


class Holder:
    value = None

    @staticmethod
    def keep(value):
        if Holder.value is None:
            Holder.value = value


def handle(d):
    Holder.keep(settings.name)
    return Holder.value
