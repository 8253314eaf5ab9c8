# leak: __new__ hands out one instance and __init__ appends to what it has
from app.config import settings


class Analytics:
    _instance = None

    def __new__(cls, *args, **kwargs):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.brands = set()
        return cls._instance

    def __init__(self, brand):
        self.brands.add(brand)

    def report(self):
        return sorted(self.brands)


def handle(d):
    return {"brands": Analytics(settings.name).report(), "user": d["user"]}
