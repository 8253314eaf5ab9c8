from app.config import settings


class Part:
    def __init__(self, name):
        self.name = name

    def show(self):
        return self.name


class Heavy(Part):
    def show(self):
        return self.name + settings.suffix


class Light(Part):
    def __init__(self, name):
        super().__init__(name)
