from app.config import settings


class Tool:
    def use(self):
        return settings.tool

    @property
    def me(self):
        return self


class Spanner(Tool):
    def turn(self):
        return settings.turn


class Other:
    pass
