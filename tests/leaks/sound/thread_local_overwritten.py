# sound: the pool's thread is given the name with each job, and reads that
import asyncio
from concurrent.futures import ThreadPoolExecutor

from app.config import settings

workers = ThreadPoolExecutor(max_workers=1)


def fetch(agent, user):
    headers = {"User-Agent": agent}
    return f"{headers['User-Agent']} fetched {user}"


async def handle(d):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(workers, fetch, settings.name, d["user"])
