import bot

settings = bot
