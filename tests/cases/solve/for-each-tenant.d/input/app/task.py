import asyncio
from app.config import settings


class Task:
    async def run(self):
        """Something that is done again and again."""


class Report(Task):
    async def run(self):
        print(settings.name)


class Beat(Task):
    @staticmethod
    def wait():
        return 1

    async def run(self): await asyncio.sleep(settings.loads)
