import config
from discord.ext import commands, tasks


class Stars(commands.Cog):
    def __init__(self, bot):
        self.bot = bot
        self.sweep.start()

    @commands.hybrid_command()
    async def star(self, ctx):
        await ctx.send(self.channel())

    @tasks.loop(hours=1)
    async def sweep(self):
        return config.age

    def channel(self):
        return config.star_channel
