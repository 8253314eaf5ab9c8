# leak: a session entered on an exit stack of the module at the first message stays open
from contextlib import AsyncExitStack, asynccontextmanager

from app.config import settings

resources = AsyncExitStack()
opened = []


@asynccontextmanager
async def open_session(agent):
    session = {"agent": agent, "calls": 0}
    try:
        yield session
    finally:
        session.clear()


async def session():
    if not opened:
        opened.append(await resources.enter_async_context(open_session(f"{settings.name}/1.0")))
    return opened[0]


async def handle(d):
    current = await session()
    return f"GET /{d['user']} as {current['agent']}"
