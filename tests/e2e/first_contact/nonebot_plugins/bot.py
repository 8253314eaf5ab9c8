import nonebot

nonebot.init()
