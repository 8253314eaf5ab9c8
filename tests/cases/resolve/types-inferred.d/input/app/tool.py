from app.config import settings


class Tool:
    def use(self):
        return settings.tool


class Box:
    def __init__(self):
        self.tool = Tool()

    def open(self):
        return self.tool
