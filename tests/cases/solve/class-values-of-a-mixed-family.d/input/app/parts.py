from dataclasses import dataclass

from app.config import settings


class Part:
    def show(self):
        return "part"


class Heavy(Part):
    def show(self):
        return settings.suffix


@dataclass
class Light(Part):
    name: str = ""
