from app.bot import Bot, Job


async def greet(bot: Bot):
    return bot.config["greeting"], bot.settings.limit, bot.settings.limit


async def leave(bot: Bot, job: Job):
    return bot.config["goodbye"], bot.config["limit"], job.config, job.config, job.config
