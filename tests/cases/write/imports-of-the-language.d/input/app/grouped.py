import asyncio

import requests

from app.config import settings


def blocking():
    return settings.name, requests


async def work():
    return await asyncio.to_thread(blocking)
