import config
from discord.ext import commands

from cogs.stars import Stars


class Bot(commands.Bot):
    async def setup_hook(self):
        await self.add_cog(Stars(self))

    def run(self):
        super().run(config.token)
