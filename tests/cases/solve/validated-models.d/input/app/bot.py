from pydantic import BaseModel

from app.config import settings


class Component(BaseModel):
    kind: str = ""

    def __init__(self, **values):
        super().__init__(**values)


class File(Component):
    name: str

    def __init__(self, name: str):
        super().__init__(name=name)

    def register(self):
        return settings.callback + self.name


class Plain:
    def __init__(self, name: str):
        self.name = name

    def register(self):
        return settings.callback + self.name


def on_message(raw):
    return File(raw.name).register() + Plain(raw.name).register()
