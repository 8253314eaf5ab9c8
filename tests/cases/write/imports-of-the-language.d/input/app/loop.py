import asyncio
import functools
from os import path

from app.config import settings

here = path, functools


def blocking():
    return settings.name


async def work():
    return await asyncio.to_thread(blocking)
