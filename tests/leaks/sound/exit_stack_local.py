# sound: the exit stack is the message's and closes what it entered
from contextlib import AsyncExitStack, asynccontextmanager

from app.config import settings


@asynccontextmanager
async def open_session(agent):
    session = {"agent": agent}
    try:
        yield session
    finally:
        session.clear()


async def handle(d):
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(open_session(f"{settings.name}/1.0"))
        closed = []
        stack.callback(closed.append, settings.name)
        return f"GET /{d['user']} as {session['agent']}"
