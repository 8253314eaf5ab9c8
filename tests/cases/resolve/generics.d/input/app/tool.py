from app.config import settings


class Tool:
    def use(self):
        return settings.tool


class Saw(Tool):
    def cut(self):
        return settings.saw


class Paint:
    def use(self):
        return "nothing is read here"
