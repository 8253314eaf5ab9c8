# sound: Repository[Model] keeps classes that have nothing of the settings
from app.config import settings


class User:
    table = "users"


class Repository:
    _made = {}
    model = None

    def __class_getitem__(cls, model):
        if model not in cls._made:
            cls._made[model] = type(f"{model.__name__}{cls.__name__}", (cls,), {"model": model})
        return cls._made[model]

    def __init__(self, schema):
        self.schema = schema

    def query(self, key):
        return f"select * from {self.schema}.{self.model.table} where id = {key!r}"


async def handle(d):
    return Repository[User](settings.name).query(d["user"])
