# leak: a thread of the pool keeps its client
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from app.config import settings

workers = ThreadPoolExecutor(max_workers=1)
local = threading.local()


class Client:
    def __init__(self, agent):
        self.agent = agent

    def fetch(self, user):
        return f"{self.agent} fetched {user}"


def fetch(agent, user):
    if not hasattr(local, "client"):
        local.client = Client(agent)
    return local.client.fetch(user)


async def handle(d):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(workers, fetch, settings.name, d["user"])
