from discord.ext.commands import Converter

from app.config import settings


class Member(Converter):
    def __init__(self, whole=False):
        self.whole = whole

    async def convert(self, ctx, argument):
        return argument[: settings["limit"]]


class Reason(Converter):
    def __init__(self):
        self.limit = settings["limit"]


class Table:
    def __init__(self):
        self.limit = settings["limit"]


class Service:
    def __init__(self, table: Table):
        self.table = table


class Own:
    def __init__(self):
        self.limit = settings["limit"]
