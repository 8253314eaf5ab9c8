from nonebot import get_driver, get_plugin_config, on_command
from nonebot_plugin_apscheduler import scheduler

from plugins.sign.config import Config

plugin_config = get_plugin_config(Config)
sign = on_command("sign")
driver = get_driver()


@sign.handle()
async def handle_sign(event):
    await sign.finish(reward())


@driver.on_startup
async def load():
    return reward()


@scheduler.scheduled_job("cron", hour=0)
async def reset():
    return reward()


def reward():
    return plugin_config.reward
