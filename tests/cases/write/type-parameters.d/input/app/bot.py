from app.config import settings


def first[T: int](a: T) -> T:
    return settings.a


class Box[T]:
    def get(self, x: T) -> T:
        return settings.box[x]


type Alias = Box[int]


def on_message(raw):
    return first(1), Box().get(raw)
