from app import future, grouped, loop


async def on_message(raw):
    return await future.work(), await grouped.work(), await loop.work()
