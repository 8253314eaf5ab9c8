import click
import discord
from discord.ext import commands

from bot import config


class Context(commands.Context):
    pass


def one(ctx: Context):
    return config.GREETING


def two(ctx: Context):
    return config.GREETING


def three(ctx: Context):
    return config.GREETING


@commands.command()
async def greet(ctx):
    await ctx.send(one(ctx) + two(ctx) + three(ctx))


@click.argument("name")
def main(name):
    discord.Client().run(name)
