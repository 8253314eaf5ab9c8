from discord.ext import commands, tasks


class Greeter(commands.Cog):
    @commands.Cog.listener()
    async def on_message(self, message):
        pass

    @tasks.loop(seconds=5)
    async def sweep(self):
        pass
