from __future__ import annotations

from anyio import lock

from app.config import settings


def blocking():
    return settings.name, lock


async def work():
    import asyncio

    return await asyncio.to_thread(blocking)
