# leak: a list of the base class
from app.config import settings


class Base:
    names = []

    def add(self, name):
        if not self.names:
            self.names.append(name)
        return self.names[0]


class Child(Base):
    def run(self):
        return self.add(settings.name)


def handle(d):
    return Child().run()
