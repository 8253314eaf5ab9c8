# leak: a future of the loop by name
import asyncio
from app.config import settings
async def handle(d):
    loop = asyncio.get_running_loop()
    before = getattr(loop, "last", None)
    loop.last = settings.name
    return before
