import discord

from config import limits


async def on_message(message: discord.Message):
    if len(message.content.split()) < limits["words"]:
        await message.delete()
