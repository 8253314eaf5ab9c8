from app.reply import shout


async def run():
    shout("timer")
