from userbot.client import client
from userbot.config import Config


@client.cat_cmd(pattern="alive")
async def alive(event):
    await event.reply(Config.PREFIX, Config.LOG_CHAT)


@client.cat_cmd(pattern="ping")
async def ping(event):
    await event.reply(Config.PREFIX, Config.LOG_CHAT)


@client.cat_cmd(pattern="log")
async def log(event):
    await event.reply(Config.PREFIX, Config.LOG_CHAT)


@client.cat_cmd(pattern="help")
async def help(event):
    await event.reply(Config.PREFIX, Config.LOG_CHAT)


@client.cat_cmd(pattern="stop")
async def stop(event):
    await event.reply(Config.PREFIX, Config.LOG_CHAT)
