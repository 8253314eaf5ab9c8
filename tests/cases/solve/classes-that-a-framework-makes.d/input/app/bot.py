from typing import Optional

from discord.ext import commands

from app.convert import Member, Own, Reason, Service, Table


@commands.command()
async def ban(ctx, user: Member, reason: Optional["Reason"] = None):
    await ctx.send(user)


@commands.command()
async def serve(ctx, service: Service):
    await ctx.send(service.table.limit)


def use(own: Own):
    return own.limit


async def on_message(raw):
    member = await Member().convert(None, raw)
    return member, Reason().limit, Table().limit, use(Own())
