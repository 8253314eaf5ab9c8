# leak: Repository[Model] makes a class at the first use, and finds it again at the next
from app.config import settings


class User:
    table = "users"


class Repository:
    _made = {}
    model = None
    schema = None

    def __class_getitem__(cls, model):
        if model not in cls._made:
            name = f"{model.__name__}{cls.__name__}"
            cls._made[model] = type(name, (cls,), {"model": model, "schema": settings.name})
        return cls._made[model]

    def query(self, key):
        return f"select * from {self.schema}.{self.model.table} where id = {key!r}"


async def handle(d):
    return Repository[User]().query(d["user"])
